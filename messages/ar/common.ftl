# النصوص المشتركة بين كل الصفحات: الهيكل والنماذج والحقول والجداول وصفحات الخطأ.

# --- الهيكل
common-skip = انتقل إلى المحتوى
common-main-nav = التنقل الرئيسي
common-where = موضعك في الموقع
common-home = الرئيسية
common-services = دليل الخدمات
common-centres = أقرب مركز
common-track = تابع طلبك
common-verify = تحقق من رخصة
common-login = دخول الموظفين
common-account = حسابي
common-logout = خروج
common-signed-in-as = { $name }
common-help = مساعدة
common-help-line = خط المساعدة
common-accessibility = بيان إتاحة الموقع
common-about = عن الموقع والتراخيص
common-version = الإصدار
common-demo = نسخة تجريبية: كل الأسماء والأرقام هنا غير حقيقية، ولا يُعتد بأي مستند يصدر عنها.
common-demo-outbox = الرسائل التي خرجت
common-title-error = خطأ:
common-new-tab = يفتح في صفحة جديدة

# --- أفعال
common-continue = متابعة
common-back = رجوع
common-save = احفظ
common-cancel = إلغاء
common-change = تغيير
common-search = ابحث
common-print = اطبع
common-undo = تراجع
common-delete-row = احذف الصف
common-add-row = أضف صفًا
common-export-csv = تنزيل CSV
common-export-xlsx = تنزيل Excel
common-waiting = جارٍ الإرسال…
common-close = إغلاق
common-keys = مفاتيح الاختصار
common-unsaved = لديك بيانات لم تُحفظ. هل تريد الخروج؟
common-details = التفاصيل

# --- النماذج
common-errors-title = راجع ما يلي ثم أعد الإرسال
common-optional = اختياري
common-choose = اختر
common-yes = نعم
common-no = لا
common-day = اليوم
common-month = الشهر
common-year = السنة
common-latitude = خط العرض
common-longitude = خط الطول
common-use-location = استخدم موقعي الحالي
common-location-denied = لم يسمح الجهاز بتحديد الموقع. اكتب الإحداثيات أو اختر المكان من القائمة.
common-location-accuracy = دقة الموقع بالأمتار:
common-file-hint = صورة أو ملف PDF، بحد أقصى 20 ميجابايت
common-address-building = رقم العقار
common-address-street = الشارع
common-address-village = القرية أو الشياخة
common-address-landmark = علامة مميزة
common-row = صف { $n }
common-show-password = إظهار كلمة السر
common-pounds = جنيه
common-square-metres = متر مربع
common-metres = متر
common-national-id-hint = 14 رقمًا كما في البطاقة
common-mobile-hint = 11 رقمًا تبدأ بـ 010 أو 011 أو 012 أو 015
common-nid-male = ذكر
common-nid-female = أنثى
common-nid-born = تاريخ الميلاد
common-nid-length = الرقم القومي 14 رقمًا
common-nid-wrong = راجع الرقم القومي: تاريخ الميلاد أو المحافظة غير صحيح
common-nid-check = رقم المراجعة لا يطابق باقي الأرقام. راجع البطاقة؛ يمكنك المتابعة إن كان الرقم صحيحًا.

# --- المدد والحالات
common-working-days =
    { $n ->
        [zero] أقل من يوم عمل
        [one] يوم عمل واحد
        [two] يوما عمل
        [few] { $n } أيام عمل
        [many] { $n } يوم عمل
       *[other] { $n } يوم عمل
    }
common-days-left =
    { $n ->
        [zero] اليوم آخر يوم
        [one] باقٍ يوم عمل واحد
        [two] باقٍ يوما عمل
        [few] باقٍ { $n } أيام عمل
        [many] باقٍ { $n } يوم عمل
       *[other] باقٍ { $n } يوم عمل
    }
common-days-late =
    { $n ->
        [one] متأخر يوم عمل واحد
        [two] متأخر يومي عمل
        [few] متأخر { $n } أيام عمل
        [many] متأخر { $n } يوم عمل
       *[other] متأخر { $n } يوم عمل
    }
common-calendar-days =
    { $n ->
        [zero] اليوم نفسه
        [one] يوم واحد
        [two] يومان
        [few] { $n } أيام
        [many] { $n } يومًا
       *[other] { $n } يوم
    }
common-calendar-left =
    { $n ->
        [zero] اليوم آخر يوم
        [one] باقٍ يوم واحد
        [two] باقٍ يومان
        [few] باقٍ { $n } أيام
        [many] باقٍ { $n } يومًا
       *[other] باقٍ { $n } يوم
    }
common-calendar-late =
    { $n ->
        [one] انقضت أمس
        [two] انقضت منذ يومين
        [few] انقضت منذ { $n } أيام
        [many] انقضت منذ { $n } يومًا
       *[other] انقضت منذ { $n } يوم
    }
common-paused = المدة موقوفة

# --- المدد القانونية وأثر انقضائها
law-title = المدة القانونية
law-whole = البت في الطلب
law-on-list = آخر يوم قانونًا
law-silence-approved = عدم الرد حتى انقضائها موافقة على الطلب
law-silence-refused = عدم الرد حتى انقضائها رفض للطلب
law-silence-in-principle = عدم الرد حتى انقضائها قبول مبدئي للطلب
law-silence-closure = انقضاؤها دون استيفاء يجيز الغلق الإداري
law-silence-lapses = انقضاؤها دون سداد يُسقط القبول
law-silence-none = لا يترتب على انقضائها أثر قانوني
law-soon = تنقضي المدة القانونية بنهاية { $date }: { $effect }.
law-held = لا تُحتسب مدة انتظار مقدم الطلب سكوتًا من الجهة: لا يترتب أثر على انقضاء هذه المدة قبل أن يستوفي المطلوب أو يسدد.
law-ground = { $law }، المواد: { $articles }
law-ground-none = دليل الخدمة
law-passed-approved = اعتُبر الطلب مقبولًا بقوة القانون لانقضاء المدة القانونية ({ $days }) في { $date } دون البت فيه. السند: { $ground }.
law-passed-refused = اعتُبر الطلب مرفوضًا بقوة القانون لانقضاء المدة القانونية ({ $days }) في { $date } دون البت فيه. السند: { $ground }. ولصاحب الشأن أن يتظلم أو يطعن في المواعيد المقررة.
law-passed-in-principle = اعتُبر الطلب مقبولًا مبدئيًّا بقوة القانون لانقضاء المدة القانونية ({ $days }) في { $date } دون البت فيه. السند: { $ground }.
law-passed-closure = انقضت «{ $label }» ({ $days }) في { $date } دون استيفاء، ويجوز الغلق الإداري بقرار. السند: { $ground }.
law-passed-lapses = انقضت مدة استكمال السداد ({ $days }) في { $date } دون سداد، فسقط القبول بقوة القانون. السند: { $ground }. يُنهى الطلب بقرار مسبب.
law-passed-none = انقضت المدة القانونية ({ $days }) في { $date } دون إتمام المطلوب فيها. لا يترتب على ذلك أثر قانوني، والطلب مستمر. السند: { $ground }.
law-passed-step = اعتُبر «{ $label }» موافقة بقوة القانون لانقضاء المدة القانونية ({ $days }) في { $date } دون رد. السند: { $ground }.
law-next-approved = لم يصدر المحرر بذلك وحده: تُسدد الرسوم المستحقة وتُستكمل المستندات الناقصة، ثم يصدره الموظف المختص دون حاجة إلى باقي المراجعات. ويبقى صاحب الشأن ملتزمًا بالاشتراطات.
law-next-in-principle = ينتقل الطلب إلى ما بعد البت المبدئي: سداد رسم المعاينة ثم المعاينة، ولا يصدر الترخيص إلا باستيفاء الاشتراطات.
law-next-step = تستمر باقي المراحل كالمعتاد.
law-tag-approved = مقبول بقوة القانون
law-tag-refused = مرفوض بقوة القانون
law-tag-in-principle = مقبول مبدئيًّا بقوة القانون
law-tag-closure = انقضت مهلة الاستيفاء
law-tag-lapses = سقط القبول
law-tag-none = انقضت المدة القانونية
common-due = الموعد
common-step-done = تمت
common-step-now = الآن
common-step-next = لاحقًا
common-step-skipped = غير مطلوبة

# --- الجداول والقوائم
common-pages = الصفحات
common-page-next = التالي
common-page-previous = السابق
common-page-of = صفحة { $n }
common-sort-up = مرتب تصاعديًا
common-sort-down = مرتب تنازليًا
common-confirm-effect = ما الذي سيحدث

# --- صفحات الخطأ
error-reference = رقم مرجعي للمشكلة
error-reference-hint = اذكر هذا الرقم إذا اتصلت بخط المساعدة.
error-way-home = انتقل إلى الصفحة الرئيسية
error-way-back = ارجع إلى الصفحة السابقة وأعد المحاولة
error-way-login = سجّل الدخول
error-form-expired = مضى وقت طويل على فتح هذه الصفحة. ارجع إلى النموذج، حدّث الصفحة، ثم أرسله مرة أخرى.
error-bad-request-title = الرابط أو البيانات غير مفهومة
error-bad-request-text = راجع الرابط الذي فتحته، أو ابدأ من الصفحة الرئيسية.
error-sign-in-title = سجّل الدخول أولًا
error-sign-in-text = انتهت جلستك أو لم تسجّل الدخول بعد. ما حفظته من مسودات لم يضع.
error-forbidden-title = ليس من صلاحيتك فتح هذه الصفحة
error-forbidden-text = إذا كان هذا من عملك فاطلب الصلاحية من مشرف النظام في وحدتك.
error-not-found-title = الصفحة غير موجودة
error-not-found-text = ربما نُقلت الصفحة أو كُتب الرابط خطأ.
error-method-title = لا يمكن فتح هذا الرابط مباشرة
error-method-text = هذا الرابط يستقبل نموذجًا. ابدأ من الصفحة التي فيها النموذج.
error-timed-out-title = استغرق الطلب وقتًا أطول من اللازم
error-timed-out-text = أعد المحاولة بعد قليل. إعادة إرسال النموذج نفسه لا تكرر الإجراء.
error-conflict-title = سبقك غيرك إلى هذا الملف
error-conflict-text = تغيّرت البيانات بعد أن فتحت الصفحة، ولم يُحفظ إجراؤك. افتح الملف من جديد وراجع ما تغيّر.
error-gone-title = لم يعد هذا متاحًا
error-gone-text = إذا جئت من رابط قديم فاطلب رابطًا جديدًا.
error-too-large-title = الملف أكبر من المسموح
error-too-large-text = الحد الأقصى { $n } ميجابايت. صغّر الملف أو صوّره بدقة أقل ثم أرسله مرة أخرى.
error-unsupported-title = نوع الملف غير مقبول
error-unsupported-text = الأنواع المقبولة: صورة JPEG أو PNG أو WebP، أو ملف PDF.
error-unprocessable-title = لم نتمكن من قبول البيانات
error-unprocessable-text = راجع البيانات وأعد الإرسال.
error-too-many-title = محاولات كثيرة في وقت قصير
error-too-many-text =
    { $n ->
        [zero] أعد المحاولة الآن.
        [one] أعد المحاولة بعد ثانية واحدة.
        [two] أعد المحاولة بعد ثانيتين.
        [few] أعد المحاولة بعد { $n } ثوانٍ.
        [many] أعد المحاولة بعد { $n } ثانية.
       *[other] أعد المحاولة بعد { $n } ثانية.
    }
error-unavailable-title = الخدمة متوقفة مؤقتًا
error-disk-full = لم يبق مكان على قرص الخادم، فلم يُحفظ شيء من طلبك. أبلغ مشغل النظام ثم أعد المحاولة.
error-database-busy = قاعدة البيانات مشغولة بعمل آخر، فلم يُحفظ شيء من طلبك. أعد المحاولة بعد دقيقة.
error-database-away = تعذر الوصول إلى قاعدة البيانات، فلم يُحفظ شيء من طلبك. أعد المحاولة بعد دقائق.
error-unavailable-text = لم يُحفظ شيء من طلبك. أعد المحاولة بعد دقائق.
error-internal-title = حدث خطأ في النظام
error-internal-text = سُجّلت المشكلة وسيراجعها المختصون. لم يُحفظ شيء ناقص من طلبك.

# --- التحقق من المحررات بالرمز (يعمل دون شبكة)
verifier-code = محتوى رمز QR
verifier-code-hint = وجّه الكاميرا أو القارئ إلى الرمز المطبوع على المحرر، أو الصق محتواه هنا.
verifier-check = تحقق
verifier-camera = امسح الرمز بالكاميرا
verifier-camera-denied = لم يسمح الجهاز باستخدام الكاميرا. اختر صورة للرمز، أو الصق محتواه في الخانة.
verifier-valid = المحرر صحيح وسارٍ
verifier-valid-text = التوقيع سليم، ولم يُلغَ المحرر حتى تاريخ آخر قائمة:
verifier-old = التوقيع سليم، وآخر علم بالإلغاء يوم
verifier-old-text = مضى على هذه القائمة أكثر مما يُعتد به. أعد التحقق عند توفر الشبكة قبل الاعتداد بالمحرر.
verifier-unchecked = التوقيع سليم، ولا علم لنا بالإلغاء
verifier-unchecked-text = لم تصل إلى هذا الجهاز قائمة الإلغاء لهذه المحافظة. أعد التحقق عند توفر الشبكة للتأكد من أن المحرر لم يُلغَ.
verifier-expired = انتهت مدة المحرر
verifier-expired-text = المحرر صحيح، لكن مدته انتهت في التاريخ المبين أدناه.
verifier-not-yet = تاريخ المحرر لم يحل بعد
verifier-not-yet-text = تأكد من تاريخ هذا الجهاز. إن كان صحيحًا فلا تعتد بالمحرر.
verifier-revoked = المحرر ملغى
verifier-revoked-text = صدر المحرر فعلًا ثم ألغته جهة الإصدار. لا تعتد به.
verifier-suspended = المحرر موقوف
verifier-suspended-text = أوقفت جهة الإصدار العمل به مؤقتًا. راجعها قبل الاعتداد به.
verifier-superseded = حل محله محرر أحدث
verifier-superseded-text = اطلب من صاحبه المحرر الأحدث.
verifier-unknown = لم نتعرف على المحرر
verifier-unknown-text = الرمز لم يصدر عن المنظومة، أو تغيّر محتواه. لا تعتد بالورقة ما لم تؤكدها جهة الإصدار.
verifier-unsigned = الرمز غير كامل
verifier-unsigned-text = لا يمكن التحقق منه دون شبكة. امسح الرمز كاملًا أو أعد المحاولة عند توفر الشبكة.
verifier-no-keys = يلزم الاتصال بالشبكة مرة واحدة أولًا
verifier-no-keys-text = افتح هذه الصفحة والجهاز متصل بالشبكة لتنزيل قائمة جهات الإصدار، ثم يمكنك التحقق دون شبكة.
verifier-type = نوع المحرر
verifier-number = الرقم
verifier-holder = صادر باسم
verifier-request = عن الطلب رقم
verifier-slip = رقم القسيمة
verifier-last4 = آخر أربعة أرقام من الرقم القومي
verifier-place = المكان
verifier-issued = تاريخ الإصدار
verifier-expires = سارٍ حتى
verifier-no-end = بلا مدة محددة
verifier-type-1 = رخصة
verifier-type-2 = رخصة أعمال بناء
verifier-type-3 = شهادة
verifier-type-4 = موافقة
verifier-type-5 = إيصال سداد
verifier-type-6 = خطاب
verifier-type-7 = إخطار
verifier-figure-1 = المساحة بالمتر المربع
verifier-figure-2 = عدد الأدوار
verifier-figure-3 = الارتفاع بالمتر
verifier-figure-4 = الطول بالمتر
verifier-figure-5 = المبلغ بالجنيه
verifier-figure-6 = عدد الوحدات
verifier-figure-7 = عدد أدوار البدروم
verifier-figure-8 = إجمالي مسطحات المباني بالمتر المربع
verifier-figure-9 = عدد الأفراد
