"""The catalogue as spreadsheets: four lists of 汨政办函〔2023〕32号, and the implementation list.

`export` writes lists as one workbook or as CSV files; `importing` takes them back. A cell that
still says what the catalogue says is no change, so what is exported and imported again leaves
every file as it was, byte for byte. A changed cell changes its one value in the YAML file that it
came from, with all comments kept. Nothing is changed unless everything can be.
"""
