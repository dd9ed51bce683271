# ما لم يُرسل بعد من جهاز المعاين.

visits-outbox = تقارير على هذا الجهاز لم تُرسل بعد
visits-send = أرسل الآن
visits-word-report = تقرير معاينة الطلب
visits-word-waiting = لم يُرسل بعد
visits-word-conflict = استجدّ على الطلب شيء. افتح التقرير وراجعه.
visits-word-refused = ينقصه شيء. افتح التقرير وأكمله.
visits-word-late = لم يُرسل منذ أكثر من يوم
visits-word-typed = ما كتبته في التقرير
visits-word-drop = احذف التقرير من الجهاز
visits-word-online = الجهاز متصل بالشبكة.
visits-word-offline = الجهاز غير متصل. تُرسل التقارير وحدها عند عودة الشبكة.
