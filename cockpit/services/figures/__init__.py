"""The scorecard: values that are typed, imported, read or worked out, and the goals of the quarter."""
