// In the built program this stands for packages that are never asked for.
module.exports = {};
