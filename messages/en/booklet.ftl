# The guide for print and for machines
booklet-machines = For programs that read the guide:
booklet-within = within { $days }
booklet-print = The guide as a booklet to print (PDF, in Arabic)
booklet-print-of = Booklet of the services of { $governorate } to print (PDF, in Arabic)
booklet-json = The whole guide as JSON
