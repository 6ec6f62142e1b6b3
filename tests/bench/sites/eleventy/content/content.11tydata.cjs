// What a note says of itself is shown above it, as on the other sites.
const FIELDS = [
  "name", "organization", "role", "level", "source", "via", "email", "phone", "paths", "added", "parked", "closed",
  "closed-because", "contacts", "time", "minutes", "took", "mode", "industry", "location", "status", "question", "for",
  "when", "channel", "subject",
];

module.exports = {
  eleventyComputed: {
    shown: (data) => FIELDS.filter((name) => data[name]).map((name) => [name, data[name]]),
  },
};
