"""SQL for three engines from one text: `macros` reads and expands what is shared, `engines` prints, `files` writes."""
