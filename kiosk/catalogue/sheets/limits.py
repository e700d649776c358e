"""How much of a file is read: far more than a city's lists need, far less than harms."""

LARGEST_FILE = 20_000_000  # bytes, as it lies on the disk
LARGEST_UNPACKED = 120_000_000  # bytes of all parts of a workbook
MOST_PARTS = 500  # files within a workbook
MOST_SHEETS = 40
MOST_ROWS = 50_000
MOST_COLUMNS = 100
MOST_CELLS = 1_000_000  # that are not empty, in one sheet
MOST_PROBLEMS = 200  # that are told at once; the rest is counted
