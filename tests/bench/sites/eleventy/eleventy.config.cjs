const FOLDERS = ["contacts", "meetings", "organizations", "paths", "questions", "letters"];
const LINKS = ["contacts", "via", "organization", "paths"];

// key of front matter -> id -> the pages that name it there
function indexLinks(pages) {
  const index = Object.fromEntries(LINKS.map((key) => [key, {}]));
  for (const page of pages) {
    for (const key of LINKS) {
      for (const id of [page.data[key] ?? []].flat()) {
        (index[key][id] ??= []).push(page);
      }
    }
  }
  return index;
}

const byTitle = (one, other) => (one.data.title < other.data.title ? -1 : 1);

module.exports = function (config) {
  const notes = (api) => api.getAll().filter((page) => FOLDERS.includes(page.data.folder));
  config.addCollection("naming", (api) => indexLinks(notes(api)));
  config.addCollection("folders", (api) =>
    FOLDERS.map((name) => ({ name, pages: notes(api).filter((page) => page.data.folder === name).sort(byTitle) })),
  );
  config.addCollection("tagged", (api) => {
    const tags = {};
    for (const page of notes(api)) for (const tag of page.data.tags ?? []) (tags[tag] ??= []).push(page);
    return Object.keys(tags).sort().map((name) => ({ name, pages: tags[name] }));
  });
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addPassthroughCopy("content/css");
  return {
    dir: { input: "content", includes: "../layouts", output: "public" },
    markdownTemplateEngine: false,
  };
};
