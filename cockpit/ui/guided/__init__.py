"""The guided forms: one file each, shown by `screens/guided`."""
