"""The course table as an Excel workbook, and an edited workbook as a draft."""
