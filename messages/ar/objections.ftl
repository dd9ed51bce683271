# الصوت الآخر: ما يقوله مقدم الطلب عن موعد المعاينة، والتظلم من الرفض
objections-title = تظلم من رفض الطلب
objections-do = تظلم من القرار
objections-until = لك أن تتظلم حتى { $date }.
objections-ground = سند الميعاد: { $law }
objections-ground-article = { $law }، المادة { $articles }
objections-who = ينظر التظلم رئيس الجهة المختصة أو من يعلوه، ولا ينظره من أصدر قرار الرفض.
objections-text = أسباب التظلم
objections-text-hint = اكتب لماذا ترى القرار غير صحيح، وما استجد من وقائع أو مستندات
objections-text-missing = اكتب أسباب التظلم
objections-files = مستندات تؤيد التظلم (اختياري)
objections-submit = قدّم التظلم
objections-filed = قُيد التظلم. يُعرض على رئيس الجهة المختصة، ويبقى القرار ساريًا حتى البت فيه.
objections-none-possible = لا يمكن التظلم الآن: لم يُرفض الطلب، أو انقضى الميعاد، أو سبق التظلم من هذا القرار.
objections-track-open = قُدم تظلم من القرار في { $date }، وهو قيد النظر.
objections-track-upheld = قُبل التظلم في { $date } وعاد الطلب إلى المرحلة التي رُفض عندها.
objections-track-rejected = رُفض التظلم في { $date }.
objections-list = التظلمات
objections-list-text = أقدمها أولًا. لا ينظر التظلم من أصدر قرار الرفض.
objections-list-none = لا تظلمات
objections-list-none-text = تظهر هنا التظلمات من قرارات الرفض في وحدتك وما يتبعها حتى يُبت فيها.
objections-age = { $n ->
    [zero] اليوم
    [one] منذ يوم
    [two] منذ يومين
    [few] منذ { $n } أيام
   *[other] منذ { $n } يومًا
  }
objections-filed-date = قُدم في { $date }
objections-answer-until = يُعد السكوت عنه بعد { $date } رفضًا للتظلم (المادة 24 من قانون مجلس الدولة)
objections-one = تظلم في الطلب
objections-unit = الوحدة المختصة
objections-filed-on = تاريخ التظلم
objections-refused-on = تاريخ الرفض
objections-refused-why = أسباب الرفض
objections-decision = قرار الرفض
objections-words = ما قاله المتظلم
objections-file-n = مستند { $n }
objections-decide = البت في التظلم
objections-decide-effect = إذا قُبل التظلم عاد الطلب إلى المرحلة التي رُفض عندها بمدة جديدة، ولا تُحسب الأيام منذ الرفض. وإذا رُفض انتهى الطلب مرفوضًا. يُخطر المتظلم في الحالتين.
objections-decide-submit = سجّل القرار
objections-decided-already = بُت في هذا التظلم من قبل.
objections-outcome = النتيجة
objections-outcome-missing = اختر النتيجة
objections-upheld = قبول التظلم
objections-upheld-hint = يعود الطلب إلى المرحلة التي رُفض عندها
objections-rejected = رفض التظلم
objections-reasons = أسباب القرار
objections-reasons-missing = اكتب أسباب القرار
objections-decision-number = رقم القرار
objections-number-missing = اكتب رقم القرار
objections-decision-date = تاريخ القرار
objections-done-upheld = قُبل التظلم، وعاد الطلب { $number } إلى السير فيه
objections-done-rejected = رُفض التظلم في الطلب { $number }
objections-visit-title = موعد المعاينة
objections-visit-intro = اختر حتى ثلاثة أيام تناسبك. نراعيها قدر الإمكان، ولا تُلزم الجهة.
objections-visit-appointed = موعد المعاينة: { $when }.
objections-visit-once = يمكنك أن تطلب يومًا آخر مرة واحدة، حتى اليوم السابق للموعد. يبقى الموعد قائمًا حتى يُخطرك المركز بغيره.
objections-visit-day = اليوم { $n }
objections-visit-part = فترة اليوم { $n }
objections-visit-day-missing = اختر يومًا واحدًا على الأقل
objections-visit-day-wrong = اختر اليوم من القائمة
objections-visit-note = ملاحظة لمن يحدد الموعد (اختياري)
objections-visit-note-hint = مثل علامة قريبة أو طريق الدخول. لا تكتب اسمك ولا أرقامك.
objections-visit-submit = أرسل الأيام
objections-visit-done = وصلت الأيام التي تناسبك إلى من يحدد الموعد
objections-visit-none = لا معاينة تنتظر موعدًا الآن، أو طلبت يومًا آخر من قبل.
objections-visit-do = اختر أيامًا تناسبك للمعاينة
objections-visit-move = اطلب يومًا آخر للمعاينة
objections-visit-wished = الأيام التي اخترتها للمعاينة:
objections-part-morning = صباحًا
objections-part-noon = ظهرًا
objections-wished = أيام تناسب مقدم الطلب
objections-wished-free = للعلم، ولا تُلزم الجهة.
registry-right-decide-objections = البت في التظلمات
desk-mark-visit-wished = أبدى مقدم الطلب ما يناسبه من أيام
desk-mark-objected = قُدم تظلم
desk-mark-objection-decided = بُت في التظلم
notices-template-objected = قيد تظلم
notices-template-objection-upheld = قبول تظلم
notices-template-objection-rejected = رفض تظلم
notices-sms-objected = قُيد تظلمك في الطلب { $number }. تابعه: { $link }
notices-sms-objection-upheld = قُبل تظلمك وعاد طلبك { $number } إلى السير فيه. تابعه: { $link }
notices-sms-objection-rejected = صدر قرار برفض تظلمك في الطلب { $number }. الأسباب: { $link }
notices-subject-objected = قُيد تظلمك في الطلب رقم { $number }
notices-subject-objection-upheld = قُبل تظلمك في الطلب رقم { $number }
notices-subject-objection-rejected = رُفض تظلمك في الطلب رقم { $number }
notices-mail-objected =
    قُيد تظلمك من رفض الطلب رقم { $number } لخدمة «{ $service }».

    ينظره رئيس الجهة المختصة أو من يعلوه، ونخطرك بالقرار.
notices-mail-objection-upheld =
    قُبل تظلمك من رفض الطلب رقم { $number } لخدمة «{ $service }».

    عاد الطلب إلى المرحلة التي رُفض عندها، ولا تُحسب عليه الأيام التي مضت.
notices-mail-objection-rejected =
    صدر قرار برفض تظلمك في الطلب رقم { $number } لخدمة «{ $service }»، للأسباب التالية:

    { $items }

    لك أن تلجأ إلى القضاء في المواعيد المقررة.
