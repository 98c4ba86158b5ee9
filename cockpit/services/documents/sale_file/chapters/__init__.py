"""The chapters of the sale file, a family of them in each file; `every.py` declares them."""
