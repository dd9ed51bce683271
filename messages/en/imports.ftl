# Texts of imports from files: people, units and holidays.

imports-what-people = People
imports-what-units = Units
imports-what-holidays = Holidays

# --- The file
imports-file-too-large = The file is too large: at most 8 MB and 20,000 rows. Split it
imports-file-not-utf8 = Save the file in UTF-8 or as a spreadsheet (XLSX)
imports-file-no-table = This file is no table. Save it as CSV or as a spreadsheet (XLSX)
imports-file-empty = The file has no rows below its headings
imports-columns-missing = Add these columns to the file: { $what }
imports-columns-unknown = The import knows no column of this name: { $what }
imports-columns-no-heading = The file has no heading: { $what }
imports-columns-twice = More than one column of the file means: { $what }

# --- Why rows are refused
imports-refused-many-units = More than one unit has this name. Enter the unit’s code
imports-refused-other-name = An earlier row has the same login name for another person
imports-refused-no-role = There is no role of this name
imports-refused-unit-code = Not a code of a unit of this kind. Example: 01-D17 for a district, 21-M05 for a markaz
imports-refused-unit-known = There is a unit of this code
imports-refused-unit-parent = A unit of this kind does not belong to that unit
imports-refused-unit-kind = Enter the kind: markaz, city, district, new_city or village
imports-refused-yes-no = Enter yes or no
imports-refused-point = Enter longitude and latitude in degrees, inside Egypt

# --- Why what a batch brought stays
imports-kept-signed-in = Has signed in, so the account is not removed. Close the account on its page
imports-kept-changed = Was changed after the import
imports-kept-requests = Requests are registered in the unit
imports-kept-people = People or roles belong to the unit
imports-kept-below = Units added after the import belong to it
imports-undo-decision = Import batch { $number } taken back

# --- The supervisor's page
imports-nav = Import from files
imports-intro = Try the file first: counts and refused rows are shown, and nothing is written. Then import it as one batch, which can be taken back while nobody has used it.
imports-what = Content
imports-what-missing = Choose what the file holds
imports-file = File
imports-file-hint = CSV in UTF-8 or a spreadsheet (XLSX), headings in the first row
imports-file-missing = Choose a file
imports-file-too-large-here = The file is larger than 512 KB. Split it, or ask the operator to import it from the command line
imports-columns-title = Columns needed
imports-try = Try the file
imports-trial = Trial
imports-trial-good = The file is sound
imports-trial-wrong = The file has refused rows
imports-trial-next = Nothing is written yet. Import the file if the counts are as you expect.
imports-trial-mend = Nothing was written. Mend these rows in your file, then try it again.
imports-counted = { $what }. Rows: { $rows }, to be added: { $items }, roles: { $roles }
imports-unused = Columns that are not read: { $what }
imports-take = Import
imports-again = Try another file
imports-wrong = Refused rows
imports-row = Row
imports-column = Column
imports-reason = Reason
imports-more = And { $n } more reasons
imports-done = Imported
imports-done-number = Batch number { $number }
imports-done-before = You imported this file from this page before; the passwords were shown then.
imports-passwords = First passwords
imports-password = First password
imports-passwords-once = These are shown once. Print the page and give everybody theirs; it is changed at the first login.
imports-batches = What was imported
imports-none = Nothing was imported yet
imports-none-text = Choose a file and try it.
imports-number = Batch
imports-items = Count
imports-item = Item
imports-at = Date
imports-undo = Take back
imports-undo-title = Take batch { $number } back
imports-undo-effect = What the batch brought from the file { $file } is removed ({ $what }: { $items }). Nothing is removed if some of it has been used.
imports-undo-submit = Take the batch back
imports-undone = Batch { $number } was taken back
imports-undone-before = This batch was taken back before.
imports-state-undone = Taken back
imports-kept-title = Not taken back
imports-kept-text = Some of what the batch brought has been used, so nothing was removed.
