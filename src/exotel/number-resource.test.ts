import { describe, expect, it } from 'vitest';
import { circleOf, numberResource } from './number-resource.ts';

describe('what Exotel tells of a number', () => {
  it('is the sample of its page when the seed says nothing', () => {
    expect(JSON.stringify(numberResource('+919000030240', { registered: true }))).toBe(
      '{"Numbers":{"PhoneNumber":"09000030240","Circle":"GJ","CircleName":"Gujarat","Type":"Mobile","Operator":"R","OperatorName":"Reliance","DND":"Yes"}}',
    );
  });

  it('is what the seed says', () => {
    expect(numberResource('+919000030240', { registered: false, circle: 'UW', operator: 'AC' })).toMatchObject({
      Numbers: { Circle: 'UW', CircleName: 'Uttar Pradesh West', Operator: 'AC', OperatorName: 'Aircel', DND: 'No' },
    });
  });

  it('knows a landline, and the largest cities', () => {
    expect(numberResource('+918047112233', { registered: false })).toMatchObject({
      Numbers: { PhoneNumber: '08047112233', Type: 'Landline', Circle: 'KA', CircleName: 'Karnataka' },
    });
    expect(
      ['+911133001122', '+912240000001', '+917930001122', '+918012345678', '+919876543210', '+14155552671'].map(circleOf),
    ).toEqual(['DL', 'MU', 'GJ', undefined, undefined, undefined]);
  });
});
