"""Status dialects: one small file each, one function from payload to reading."""
