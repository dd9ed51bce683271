# The guide for print and for machines
booklet-machines = For programs that read the guide:
booklet-json = The whole guide as JSON
