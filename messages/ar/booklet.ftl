# الدليل للطباعة وللآلات
booklet-machines = لمن يبني برنامجًا على الدليل:
booklet-within = خلال { $days }
booklet-print = كتيب الدليل للطباعة (PDF)
booklet-print-of = كتيب خدمات محافظة { $governorate } للطباعة (PDF)
booklet-json = الدليل كاملًا بصيغة JSON
