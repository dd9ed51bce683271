# الدليل للطباعة وللآلات
booklet-machines = لمن يبني برنامجًا على الدليل:
booklet-json = الدليل كاملًا بصيغة JSON
