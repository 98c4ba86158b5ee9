"""The site made of these pages: `sphinx-build docs site` (`pip install -e '.[docs]'` first)."""

project = "Cockpit"
author = "Cockpit"
extensions = ["myst_parser", "sphinx_external_toc"]
external_toc_path = "_toc.yml"
source_suffix = {".md": "markdown"}
root_doc = "index"

html_theme = "furo"
html_title = "Cockpit"
html_copy_source = False
html_show_sourcelink = False
# Anchors of headings as GitHub makes them, so that a link works in the plain page and in the site.
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
# Pages link to files beside the documentation (the licence, tests): they stay as they are written.
suppress_warnings = ["myst.xref_missing"]
