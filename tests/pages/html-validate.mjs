// Every page against the HTML standard and WCAG, as html-validate recommends, but for what is meant as it is.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": ["error", { style: "lowercase" }],
    // A title carries the exact error message, so that a search engine finds it.
    "long-title": "off",
    // Model IDs and client versions are anchors, with their dots.
    "valid-id": ["error", { relaxed: true }],
    // Samples and code stand in <pre> as they were recorded.
    "no-trailing-whitespace": "off",
  },
};
