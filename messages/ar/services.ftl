# نصوص إدارة دليل الخدمات: الإصدارات المنشورة، فحص النصوص ونشرها، فئات المحافظات.

services-nav = دليل الخدمات
services-title = إدارة دليل الخدمات
services-action = إجراء
services-none = لا يوجد
services-conflict = نُشر نص آخر أو عُدلت فئة بعد أن فتحت الصفحة، فلم يُحفظ تعديلك. افتح الصفحة من جديد وراجع ما تغيّر.
services-date-missing = اكتب التاريخ
services-date-wrong = اكتب تاريخًا صحيحًا: اليوم ثم الشهر ثم السنة

# --- القائمة
services-count = عدد الخدمات: { $n }.
services-sound = لا ملاحظات
services-findings = الملاحظات: { $n }
services-findings-title = الملاحظات
services-groups = مجموعات الخدمات
services-code = الكود
services-name = اسم الخدمة
services-name-en = الاسم بالإنجليزية
services-group = المجموعة
services-version = الإصدار
services-version-n = الإصدار { $n }
services-from = يسري من
services-state = الحالة
services-state-in-force = سارٍ
services-state-coming = لم يبدأ بعد
services-state-past = سابق
services-state-unpublished = غير منشور
services-next-from = إصدار جديد من { $day }
services-proposals = نصوص مقترحة
services-proposals-text = جاءت هذه النصوص مع تحديث البرنامج. لا يُنشر منها شيء من تلقاء نفسه: افتح النص وراجع ما تغيّر ثم انشره من تاريخ تحدده.
services-proposal-new = خدمة جديدة
services-proposal-changed = نص معدل
services-proposed = مع البرنامج نص مقترح لهذه الخدمة لم يُنشر.
services-proposal-open = راجع النص المقترح

# --- صفحة الخدمة
services-shown = الإصدار { $version }، يسري من { $day }
services-edit = عدّل النص
services-text = النص
services-figures = فئات المحافظات
services-editor-note = ملاحظة للمحرر
services-versions = الإصدارات
services-versions-none = لم يُنشر لهذه الخدمة إصدار بعد
services-versions-none-text = النص المعروض هو نص البرنامج. انشره من صفحة التعديل.
services-published-at = نُشر في
services-by-program = (من البرنامج)
services-hash = البصمة
services-compare = قارن
services-diff-from = الفرق بين { $a } و{ $b }
services-origin = المصدر:
services-origin-pages = صفحات منشورة (المراجع في آخر الصفحة)
services-origin-law = نص قانوني معروف لم تُراجع مواده مادة مادة
services-origin-default = تقدير من المنصة تعتمده المحافظة أو تعدله
services-mended = استُكمل نقصه تقديرًا
services-part-empty = لا شيء في هذا الجزء.
services-item = البند
services-item-text = التفاصيل
services-item-from = مصدره
services-numbers = أرقام «{ $label }»
services-refs = المراجع
services-part-name = بطاقة الخدمة
services-part-notes = إرشادات للمواطن
services-part-law = السند القانوني
services-part-conditions = الشروط والفحوص
services-part-documents = المستندات
services-part-fields = بيانات الاستمارة
services-part-report = تقرير المعاينة
services-part-fee = الرسوم
services-part-limit = المدد
services-part-steps = المراحل
services-part-reasons = أسباب الرفض
services-part-completion = بنود الاستيفاء
services-part-output = مخرج الخدمة
services-applicants = مقدم الطلب
services-channels = قنوات التقديم
services-channel-window = الشباك
services-channel-online = الموقع
services-channel-mobile = المحمول
services-window = فترة قبول الطلبات
services-articles = المواد { $articles }
services-checked = يُفحص آليًّا: { $expr }
services-level-warning = تنبيه للموظف
services-level-error = يمنع التقديم
services-copies = عدد النسخ: { $n }
services-identifies = يكشف شخص مقدم الطلب
services-choices = الاختيارات: { $list }
services-columns = الأعمدة: { $list }
services-office-fills = يملؤه الموظف
services-personal = بيان شخصي
services-need-always = مطلوب
services-need-optional = اختياري
services-need-when = مطلوب إذا
services-type-text = نص
services-type-number = رقم
services-type-integer = عدد صحيح
services-type-choice = اختيار من قائمة
services-type-multi-choice = اختيارات من قائمة
services-type-date = تاريخ
services-type-money = مبلغ
services-type-area-m2 = مساحة بالمتر المربع
services-type-length-m = طول بالمتر
services-type-national-id = رقم قومي
services-type-mobile = رقم محمول
services-type-email = بريد إلكتروني
services-type-yes-no = نعم أو لا
services-type-point = نقطة على الخريطة
services-type-polygon = حدود على الخريطة
services-type-line = خط على الخريطة
services-type-address = عنوان
services-type-file = ملف
services-type-repeated-group = جدول
services-type-service-number = رقم طلب أو رخصة
services-fee-fixed = مبلغ ثابت
services-fee-per-unit = فئة × كمية
services-fee-percent = نسبة من قيمة
services-fee-bands = شرائح
services-fee-assessed = يقدره المختص
services-fee-formula = معادلة
services-fee-line = { $kind }، يُستحق { $due }، لصالح { $payee }
services-fee-by = يُحسب على: { $expr }
services-fee-limits = حدود المبلغ: { $range }
services-fee-step = يُسدد في مرحلة { $step }
services-open = لم تُحدد
services-pounds = { $n } جنيه
services-percent = { $n }٪
services-limit-whole = المدة المقررة
services-limit-variant = مدة أخرى إذا
services-limit-law = المدة القانونية
services-working-days =
    { $n ->
        [0] في اليوم نفسه
        [one] يوم عمل واحد
        [two] يوما عمل
        [few] { $n } أيام عمل
        [many] { $n } يوم عمل
       *[other] { $n } يوم عمل
    }
services-calendar-days =
    { $n ->
        [0] في اليوم نفسه
        [one] يوم واحد
        [two] يومان
        [few] { $n } أيام
        [many] { $n } يومًا
       *[other] { $n } يوم
    }
services-parallel = بالتوازي مع مراحل المجموعة { $letter }
services-validity = مدة السريان
services-months =
    { $n ->
        [one] شهر واحد
        [two] شهران
        [few] { $n } أشهر
        [many] { $n } شهرًا
       *[other] { $n } شهر
    }
services-printed = يُطبع في الورقة
services-output-licence = رخصة
services-output-approval = موافقة
services-output-certificate = شهادة
services-output-none = بلا ورقة

# --- النصوص والفروق
services-text-title = نص الإصدار { $version }: { $name }
services-line = السطر
services-lines = عدد السطور: { $n }. للقراءة والنسخ.
services-diff = الفرق بين إصدارين
services-diff-title = ما تغيّر من الإصدار { $a } إلى الإصدار { $b }: { $name }
services-diff-a = من الإصدار
services-diff-b = إلى الإصدار
services-diff-none = لا فرق بين النصين.
services-diff-added-n = سطور مضافة: { $n }.
services-diff-removed-n = سطور محذوفة: { $n }.
services-diff-old = قبل
services-diff-new = بعد
services-diff-change = التغيير
services-diff-line = نص السطر
services-diff-added = أُضيف
services-diff-removed = حُذف

# --- تعديل النص
services-edit-title = نص جديد: { $name }
services-new-title = أضف خدمة
services-edit-intro = عدّل النص أو ارفع ملفه، ثم افحصه. لا يُنشر شيء قبل أن ترى ما يتغيّر وتحدد تاريخ السريان.
services-edit-text = نص الخدمة
services-edit-text-hint = ملف TOML واحد يصف الخدمة كلها
services-edit-file = أو ملف من جهازك
services-edit-file-hint = إذا اخترت ملفًا فُحص بدل النص المكتوب
services-edit-file-wrong = الملف ليس نصًّا بترميز UTF-8. احفظه بهذا الترميز ثم ارفعه
services-edit-empty = اكتب نص الخدمة أو اختر ملفه
services-edit-other = النص لخدمة أخرى كودها { $code }، وهذه صفحة { $expected }
services-check = افحص النص
services-finding = السطر { $line }: { $message }
services-finding-what = الملاحظة

# --- المعاينة والنشر
services-preview = معاينة قبل النشر
services-preview-title = معاينة قبل النشر: { $name }
services-changes = ما يتغيّر في النص
services-first-text = هذا أول نص يُنشر لهذه الخدمة.
services-told = الرسوم والمراحل ببيانات تجريبية
services-told-changes = ما يتغيّر في الرسوم والمراحل
services-told-whole = اعرض الحساب كله بالنص الجديد
services-told-again = أعد الحساب
services-samples = بيانات تجريبية
services-samples-hint = كل بيان في سطر: اسم البيان ثم = ثم قيمته
services-samples-line = اكتب البيان في صورة اسم=قيمة: «{ $line }»
services-from-hint = الطلبات المسجلة من هذا اليوم تسير على النص الجديد، وما سُجل قبله يبقى على نصه
services-publish = النشر
services-publish-effect = يصير هذا النص إصدارًا جديدًا من «{ $name }» لا يُعدل ولا يُحذف. تصحيحه يكون بإصدار آخر.
services-publish-submit = انشر الإصدار
services-published = نُشر الإصدار { $version }، ويسري من { $day }.
services-refused-same = النص هو المنشور آخر مرة، فلا شيء جديد لنشره
services-refused-before = نُشر هذا النص نفسه من قبل في الإصدار { $version }. غيّر رقم version في النص إن أردت العودة إليه
services-refused-past = اكتب تاريخًا من اليوم أو بعده
services-refused-early = آخر إصدار يسري من { $day }. اكتب هذا التاريخ أو ما بعده

# --- فئات المحافظات
services-figures-title = فئات المحافظة: { $name }
services-places-text = اختر المحافظة.
services-figures-none = لا أرقام في رسوم هذه الخدمة تحددها المحافظة
services-figures-none-text = رسومها محددة في نصها أو ليس لها رسوم.
services-slots = الأرقام القابلة للتحديد
services-figure = الرقم
services-national = في دليل الخدمات
services-range = الحدود المسموح بها
services-own = في المحافظة اليوم
services-figures-set = قرارات المحافظة
services-figures-set-none = لم تحدد المحافظة رقمًا بعد
services-figures-set-none-text = تُحسب الرسوم بأرقام دليل الخدمات إلى أن يصدر قرار ويُسجل هنا.
services-days = فترة السريان
services-figure-past = انتهى
services-figure-coming = لم يبدأ بعد
services-figure-in-force = سارٍ
services-figure-unused = لم يعد في رسوم الخدمة
services-figure-new = سجّل قرارًا
services-figure-missing = اختر الرقم
services-figure-value = القيمة
services-figure-value-hint = بالجنيه، أو نسبة مئوية حيث يكون الرقم نسبة
services-figure-decision = رقم القرار
services-figure-decided-on = تاريخ القرار
services-figure-from = أول يوم
services-figure-to = آخر يوم
services-figure-to-hint = اتركه فارغًا إذا لم يحدد القرار نهاية
services-figure-submit = سجّل الفئة
services-figure-set = سُجلت الفئة، وتسري { $days }.
services-decision = قرار { $number } في { $day }
services-withdraw = اسحب
services-withdraw-title = سحب فئة محلية
services-withdraw-effect = «{ $label }»: { $value }، { $decision }. تُحسب الرسوم من اليوم برقم دليل الخدمات، وما قُدّر قبل اليوم لا يتغير.
services-withdrawn = سُحبت الفئة.
services-range-both = من { $min } إلى { $max }
services-range-min = لا يقل عن { $min }
services-range-max = لا يزيد على { $max }
services-range-none = بلا حدود
services-days-both = من { $from } إلى { $to }
services-days-from = من { $from }
services-refused-figure = ليس هذا الرقم في رسوم الخدمة يوم يبدأ القرار
services-refused-value = اكتب قيمة صحيحة، مثل 1,250.50
services-refused-range = القيمة خارج الحدود المسموح بها: { $range }
services-refused-decision = اكتب رقم القرار
services-refused-decision-ahead = تاريخ القرار بعد اليوم. راجعه
services-refused-before-decision = لا يسري القرار قبل تاريخ صدوره
services-refused-ends = آخر يوم قبل أول يوم. راجع التاريخين
services-refused-overlap = لهذا الرقم قيمة أخرى سارية { $days }. اسحبها أو اختر أيامًا أخرى
services-refused-entry = هذه الفئة غير مسجلة
services-refused-ended = انتهت هذه الفئة من قبل
