export { createWall, type Wall } from '../../src/adapters/clock-wall.ts';
