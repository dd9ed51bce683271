# صفحات المواطن: الدليل، المراكز، المتابعة، التحقق، والمساعدة.

# --- الصفحة الأولى
public-home-title = خدمات الإدارة المحلية من شباك واحد
public-home-ask = ما الخدمة التي تريدها؟
public-home-common = الأكثر طلبًا
public-home-do = ماذا تريد أن تفعل؟
public-home-track = برقم الطلب والرقم السري في إيصالك
public-home-verify = برمز QR المطبوع أو برقم المحرر
public-home-centres = المواعيد والمكان والشبابيك
public-home-groups = كل الخدمات
public-home-count =
    { $n ->
        [few] في الدليل { $n } خدمات، لكل منها المستندات والرسوم والمدة.
        [many] في الدليل { $n } خدمة، لكل منها المستندات والرسوم والمدة.
       *[other] في الدليل { $n } خدمة، لكل منها المستندات والرسوم والمدة.
    }
public-home-hours = مواعيد استقبال الطلبات
public-home-hours-text = قد تختلف المواعيد في بعض المراكز وفي رمضان.
public-home-hours-link = اعرف مواعيد مركزك

# --- البحث في الدليل
public-search-here = نتائج البحث
public-search-title = البحث عن «{ $q }»
public-search-meant = بحثنا عن
public-search-meant-why = كانت لوحة المفاتيح على لغة أخرى.
public-search-none = لم نجد خدمة بهذه الكلمات
public-search-none-text = جرّب كلمة واحدة مما تريد، مثل «محل» أو «بناء» أو «عداد»، أو اختر من المجموعات التالية.
public-search-none-call = يساعدك خط المساعدة في الوصول إلى الخدمة:
public-search-count =
    { $n ->
        [one] خدمة واحدة
        [two] خدمتان
        [few] { $n } خدمات
        [many] { $n } خدمة
       *[other] { $n } خدمة
    }
public-search-more =
    { $n ->
        [one] نتيجة أخرى
        [two] نتيجتان أخريان
        [few] { $n } نتائج أخرى
        [many] { $n } نتيجة أخرى
       *[other] { $n } نتيجة أخرى
    }
public-guide-all = كل مجموعات الدليل

# --- بطاقة الخدمة
public-service-brief = باختصار
public-service-more = تفاصيل أكثر
public-steps-count =
    { $n ->
        [one] مراحل الطلب: مرحلة واحدة
        [two] مراحل الطلب: مرحلتان
        [few] مراحل الطلب: { $n } مراحل
       *[other] مراحل الطلب: { $n } مرحلة
    }
public-service-who = من يتقدم بالطلب
public-service-days = المدة المقررة
public-service-within = خلال
public-service-fees = الرسوم
public-service-fee = الرسوم:
public-service-result = ما تحصل عليه
public-service-channels = كيف تتقدم
public-service-print = اطبع قائمة المستندات
public-service-where-link = أين ومتى تتقدم
public-service-between = تُقبل الطلبات من { $from } إلى { $to } ({ $decision }).
public-service-variant = { $when }: { $days }
public-service-stage = { $what }: خلال { $days }
public-channel-window = على الشباك بالمركز التكنولوجي
public-channel-online = على الموقع
public-channel-mobile = في المركز المتنقل
public-part-documents = المستندات المطلوبة
public-part-conditions = الشروط
public-part-fee = الرسوم
public-part-time = المدة
public-part-steps = مراحل الطلب
public-part-reasons = أسباب الرفض
public-part-output = ما تحصل عليه
public-part-law = السند القانوني
public-documents-none = لا تحتاج هذه الخدمة إلى مستندات.
public-document-always = مطلوبة من الجميع
public-document-some = بحسب حالتك
public-document-optional = اختياري
public-copies =
    { $n ->
        [two] (نسختان)
        [few] ({ $n } نسخ)
       *[other] ({ $n } نسخة)
    }
public-months =
    { $n ->
        [one] شهر واحد
        [two] شهران
        [few] { $n } أشهر
        [many] { $n } شهرًا
       *[other] { $n } شهر
    }
public-law-articles = { $law }، المواد: { $list }
public-time-promised = تنتهي الإجراءات خلال
public-time-law = المدة التي حددها القانون للبت في الطلب
public-step-together = في الوقت نفسه مع المرحلة السابقة
public-reasons-note = لا يُرفض الطلب إلا بقرار مسبب، ولك أن تتظلم منه.
public-output-what = المحرر
public-output-term = مدة السريان
public-output-open = غير محددة المدة
public-output-asked = بحسب ما تطلبه في «{ $label }» ({ $unit })
public-output-at-most = بحد أقصى { $months }
public-output-maximum = حتى { $months }، ولجهة الإصدار أن تحدد مدة أقل
public-output-renewable = تقبل التجديد
public-output-start = بدء الأعمال
public-output-effect = الأثر
public-output-printed = ما يُكتب فيها
public-term-day = باليوم
public-term-month = بالشهر
public-term-year = بالسنة

# --- الشروط بالكلمات
public-or = { " أو " }
public-when = إذا { $clause }
public-when-other = في حالات تحددها بيانات طلبك
public-when-and = { $a }، و{ $b }
public-when-or = { $a }، أو { $b }
public-when-not = لم يتحقق أن: { $clause }
public-when-yes = كانت إجابتك «نعم» عن «{ $label }»
public-when-no = كانت إجابتك «لا» عن «{ $label }»
public-when-agent = قدّم الطلب وكيل
public-when-self = قدّم صاحب الشأن الطلب بنفسه
public-when-foreign = كان مقدم الطلب غير مصري
public-when-egyptian = كان مقدم الطلب مصريًّا
public-when-male = كان مقدم الطلب رجلًا
public-when-female = كانت مقدمة الطلب امرأة
public-when-kind = كان مقدم الطلب: { $kinds }
public-when-not-kind = لم يكن مقدم الطلب: { $kinds }
public-when-picked = اخترت { $choices } في «{ $label }»
public-when-not-picked = اخترت غير { $choices } في «{ $label }»
public-when-equal = كان { $left } يساوي { $right }
public-when-unequal = كان { $left } لا يساوي { $right }
public-when-more = زاد { $left } على { $right }
public-when-at-least = بلغ { $left } { $right } أو أكثر
public-when-less = قلّ { $left } عن { $right }
public-when-at-most = لم يزد { $left } على { $right }

# --- وحدات القياس
public-unit-m = م
public-unit-m2 = م²
public-unit-m3 = م³
public-unit-m3-per-day = م³ في اليوم
public-unit-m2_night = م² لليلة
public-unit-EGP = جنيه
public-unit-month = شهر
public-unit-day = يوم
public-unit-year = سنة
public-unit-percent = ٪
public-unit-kg = كجم
public-unit-kW = ك.وات
public-unit-feddan = فدان
public-unit-cm = سم
public-unit-mm = مم
public-unit-hp = حصان
public-unit-dB = ديسيبل
public-unit-copy = نسخة
public-unit-t = طن
public-unit-load = نقلة
public-unit-sheet = لوحة
public-unit-lift = مصعد
public-unit-s = ثانية
public-unit-cd-per-m2 = شمعة/م²
public-unit-m-per-s = م/ث
public-unit-km-per-h = كم/س
public-unit-kg-per-m2 = كجم/م²
public-unit-kg-per-cm2 = كجم/سم²

# --- الرسوم
public-fee-none = دون رسوم
public-fee-none-text = لا رسوم على هذه الخدمة.
public-fee-varies = بحسب بيانات الطلب
public-fee-from = من { $least }
public-fee-by-file = بحسب بيانات الطلب
public-fee-count = عدد { $of }
public-fee-least = الأقل من ({ $list })
public-fee-most = الأكبر من ({ $list })
public-fee-rate-by = فئة تحددها { $label }
public-fee-per-unit = { $rate } لكل { $unit }، بحسب { $of }
public-fee-percent = { $percent }٪ من { $of }
public-fee-bands = مبلغ بحسب شريحة { $by }
public-fee-bands-by = مبلغ بحسب شريحة { $by } و«{ $variant }»
public-fee-assessed = يقدره المختص بعد دراسة الطلب
public-fee-assessed-usual = يقدره المختص بعد دراسة الطلب، والمعتاد { $usual }
public-fee-assessed-within = يقدره المختص بين { $min } و{ $max }
public-fee-formula = { $formula }
public-fee-from-to = من { $min } إلى { $max }
public-fee-min = بحد أدنى { $min }
public-fee-max = بحد أقصى { $max }
public-band-to = حتى { $to } { $unit }
public-band-between = أكثر من { $from } حتى { $to } { $unit }
public-band-from = أكثر من { $from } { $unit }
public-band-all = لكل المساحات
public-percent = { $n }٪
public-percent-between = من { $min }٪ إلى { $max }٪
public-reduction = تخفيض { $percent } من { $from } إلى { $to } ({ $decision }).
public-reduction-of = { $of }: تخفيض { $percent } من { $from } إلى { $to } ({ $decision }).
public-fee-due = موعد السداد:
public-fee-payee = الجهة المستفيدة:
public-fee-refundable = يُرد إليك بعد انتهاء الغرض منه.
public-fee-is-maximum = هذا حد أقصى، وللمختص أن يقدر أقل منه.
public-fee-elsewhere = يُحصّل مع خدمة:
public-fee-table = جدول { $part }
public-fee-range = الشريحة
public-fee-amount = المبلغ
public-fee-applicant = صفة مقدم الطلب
public-fee-by-office = تحدده الإدارة عند فحص الطلب. جرّب القيمة التي تتوقعها.
public-fee-bad-number = أدخل رقمًا في «{ $label }»
public-fee-bad-money = أدخل مبلغًا بالجنيه في «{ $label }»، مثل 1500.50
public-fee-bad-date = راجع التاريخ في «{ $label }»
public-fee-bad-choice = اختر من القائمة في «{ $label }»
public-fee-out-of-range = القيمة في «{ $label }» خارج المسموح به في هذه الخدمة
public-fee-needs = أكمل: { $fields }
public-fee-not-computed = يُحسب عند فحص الطلب
public-payee-unit = الوحدة المحلية
public-payee-governorate = المحافظة
public-payee-treasury = الخزانة العامة
public-payee-engineers = نقابة المهندسين
public-payee-insurance = مجمعة التأمين
public-calc-governorate = محافظتك
public-calc-governorate-hint = قد تحدد المحافظة فئات خاصة بها بقرار.
public-calc-of = محسوبة بالفئات السارية في محافظة { $governorate }.
public-calc-national = محسوبة بالفئات المعلنة لكل المحافظات.
public-local-title = فئات محافظة { $governorate }
public-local-instead = بدلًا من
public-local-since = سارية من { $from }
public-local-days = سارية من { $from } إلى { $to }
public-local-none = تسري في محافظة { $governorate } الفئات المعلنة.
public-local-others = تختلف بعض هذه الفئات في محافظات أصدرت قرارًا خاصًّا بها. اختر محافظتك:
public-calc-title = احسب الرسوم ببياناتك
public-calc-go = احسب الرسوم
public-calc-result = الرسوم المتوقعة
public-calc-line = البند
public-calc-rule = الحساب
public-calc-due = موعد السداد
public-calc-total = الإجمالي
public-calc-estimate = تقدير للاسترشاد، والمبلغ النهائي تحدده الإدارة عند فحص الطلب.
public-calc-partial = الإجمالي لا يشمل البنود التي لم تُحسب بعد. تقدير للاسترشاد، والمبلغ النهائي تحدده الإدارة.

# --- أين ومتى
public-where-title = أين ومتى تتقدم
public-where-text = اختر محافظتك لتعرف المركز ومواعيده. تُقدم الطلبات إلى مركز الوحدة التي يقع فيها المكان.
public-where-unit = اختر الوحدة التي يقع فيها المكان:
public-where-go = اعرض المراكز
public-where-more = كل ما يخص هذا المركز
public-governorate = المحافظة

# --- مصادر البيانات في البطاقة
public-sources-title = من أين جاءت هذه البيانات؟
public-sources-text = نبيّن مصدر كل جزء. ما وُصف بأنه تقدير يُعتمد من المحافظة قبل العمل به.
public-source-titled = صفحة منشورة: { $title }
public-source-page = صفحة منشورة: { $title } ({ $site })
public-source-published = بيانات منشورة
public-source-law = القانون
public-source-law-named = القانون: { $law }
public-source-default = تقدير معقول، يُعتمد من المحافظة

# --- الطباعة
public-print-list = قائمة المستندات
public-print-how = اطبع هذه الصفحة من قائمة المتصفح، أو اضغط
public-print-address = تفاصيل الخدمة على:
public-print-back = ارجع إلى بطاقة الخدمة

# --- المراكز
public-centres-title = أقرب مركز تكنولوجي
public-centres-name = ابحث باسم الحي أو المركز أو المدينة
public-centres-name-hint = مثل: شبرا، بنها، المنصورة
public-centres-named = المراكز المطابقة لكلمة «{ $q }»
public-centres-of = مراكز محافظة { $governorate }
public-centres-near = الأقرب إلى موقعك
public-centres-none = لم نجد مركزًا بهذا الاسم
public-centres-none-text = راجع الاسم، أو اختر المحافظة من القائمة التالية.
public-centres-by-governorate = اختر المحافظة
public-centres-show = اعرض المراكز
public-centres-by-place = الأقرب إلى موقعك
public-centres-point = موقعك
public-centres-point-hint = يحدده الجهاز بعد موافقتك، أو اكتب خط العرض وخط الطول. لا نحتفظ بموقعك.
public-centres-nearest = اعرض الأقرب
public-centres-bad-point = اكتب خط العرض وخط الطول بالأرقام، مثل 30.0444 و31.2357
public-centres-outside = هذا الموقع خارج مصر. راجع خط العرض وخط الطول.
public-centres-all = كل المحافظات
public-less-than-km = أقل من كيلومتر
public-km =
    { $n ->
        [one] كيلومتر واحد
        [two] كيلومتران
        [few] { $n } كيلومترات
        [many] { $n } كيلومترًا
       *[other] { $n } كيلومتر
    }
public-vans =
    { $n ->
        [one] ومركز متنقل
        [two] ومركزان متنقلان
        [few] و{ $n } مراكز متنقلة
       *[other] و{ $n } مركزًا متنقلًا
    }
public-unit-district = حي
public-unit-markaz = مركز ومدينة
public-unit-city = مدينة
public-unit-village = قرية
public-centre-in = محافظة { $governorate }
public-hours-title = مواعيد العمل
public-hours-days = أيام العمل
public-hours-window = مواعيد الشباك
public-hours-evening = الفترة المسائية
public-hours-span = من { $from } إلى { $to }
public-week = من { $from } إلى { $to }
public-open-until = مفتوح الآن حتى { $time }
public-opens-today = مغلق الآن، يفتح اليوم { $time }
public-opens-on = مغلق الآن، يفتح { $day }، { $time }
public-holidays-title = العطلات القادمة
public-holidays-none = لا عطلات رسمية في الأشهر الثلاثة القادمة.
public-holiday-expected = متوقعة، تتأكد بقرار
public-windows =
    { $n ->
        [one] شباك واحد يعمل
        [two] شباكان يعملان
        [few] { $n } شبابيك تعمل
       *[other] { $n } شباكًا تعمل
    }
public-window = شباك { $n }
public-windows-none = لا شبابيك مفتوحة الآن. اتصل بخط المساعدة قبل أن تتوجه إلى المركز.
public-windows-closed =
    { $n ->
        [one] شباك واحد متوقف حاليًا
        [two] شباكان متوقفان حاليًا
        [few] { $n } شبابيك متوقفة حاليًا
       *[other] { $n } شباكًا متوقفًا حاليًا
    }
public-vans-title = المراكز المتنقلة
public-vans-text = لم يُعلن بعد مكان وقوفه القادم. اسأل عنه خط المساعدة.
public-van-stands = لا يعمل حاليًا
public-centre-place = المكان
public-centre-geo = افتح المكان في تطبيق الخرائط
public-centre-near = الموقع تقريبي في حدود ثلاثة كيلومترات.
public-centre-town = النقطة وسط المدينة أو الحي، لا باب المركز.
public-centre-services = الخدمات التي يقدمها المركز

# --- المتابعة
public-track-text = أدخل رقم الطلب والرقم السري كما في إيصال الاستلام، أو امسح رمز QR المطبوع عليه بكاميرا الهاتف.
public-track-number = رقم الطلب
public-track-number-hint = 15 رقمًا، بمسافات أو دونها
public-track-pin = الرقم السري
public-track-pin-hint = 4 أرقام تحت رقم الطلب
public-track-pin-missing = أدخل الرقم السري
public-track-pin-wrong = الرقم السري 4 أرقام كما في الإيصال
public-track-go = تابع الطلب
public-track-not-found = لا يوجد طلب بهذا الرقم والرقم السري معًا. راجعهما في الإيصال.
public-track-other-kind = هذا رقم { $kind }، وليس رقم طلب. رقم الطلب يبدأ بالرقم 1.
public-track-lost = لم نجد طلبًا بهذا الرمز
public-track-lost-text = ربما لم يُقرأ الرمز كاملًا. امسحه مرة أخرى، أو أدخل رقم الطلب والرقم السري.
public-track-lost-slip = فقدت الإيصال؟
public-track-lost-slip-text = توجّه ببطاقتك إلى المركز الذي قدمت فيه الطلب ليطبع لك نسخة منه.
public-number-missing = أدخل الرقم
public-number-characters = الرقم أرقام فقط، دون حروف
public-number-length =
    { $n ->
        [zero] الرقم 15 رقمًا.
        [one] أدخلت رقمًا واحدًا. الرقم كاملًا 15 رقمًا.
        [two] أدخلت رقمين. الرقم كاملًا 15 رقمًا.
        [few] أدخلت { $n } أرقام. الرقم كاملًا 15 رقمًا.
        [many] أدخلت { $n } رقمًا. الرقم كاملًا 15 رقمًا.
       *[other] أدخلت { $n } رقم. الرقم كاملًا 15 رقمًا.
    }
public-number-check = في الرقم خطأ: رقم مختلف أو رقمان متبادلان. راجعه رقمًا رقمًا.
public-number-impossible = لا يصدر رقم بهذا الشكل. راجع الأرقام السبعة الأولى في الإيصال.
public-meant-number = هل تقصد أحد هذه الأرقام؟
public-track-here = طلب رقم
public-track-received = تاريخ القيد
public-track-expected = الموعد المتوقع
public-track-paused = يُحسب الموعد الجديد بعد أن تنفذ المطلوب منك.
public-track-missing = المطلوب منك:
public-track-missing-until = آخر موعد لتقديمها إلى المركز:
public-track-pending = مستندات وعدت بتقديمها لاحقًا:
public-track-to-pay = المبلغ المطلوب سداده:
public-track-reasons = أسباب الرفض:
public-track-decision = القرار رقم { $number } بتاريخ { $date }.
public-track-steps = مراحل الطلب
public-track-due = الموعد { $date }
public-track-forecast = متوقعة حتى { $date }
public-track-since = وصل إليها في { $date }.
public-track-visit = موعد المعاينة: { $date }.
public-track-ended-here = انتهى الطلب عند هذه المرحلة.
public-track-privacy = لا تظهر هنا أسماء ولا بيانات شخصية، فيمكنك أن تطلع غيرك على هذه الصفحة.
public-track-service = عن هذه الخدمة
public-track-centre = المركز ومواعيده
public-halted-completion = المدة موقوفة حتى تقدم المطلوب منك.
public-halted-payment = المدة موقوفة حتى السداد.
public-halted-consult = في انتظار رد جهة أخرى.
public-status-in_progress = قيد الفحص
public-status-waiting_completion = مطلوب منك استيفاء
public-status-waiting_payment = مطلوب منك السداد
public-status-issued = جاهز للاستلام
public-status-closed = انتهى وسُلّم
public-status-refused = مرفوض
public-status-withdrawn = مسحوب
public-status-voided = ملغى قيده
public-next-in_progress = طلبك الآن لدى: { $desk }. ليس مطلوبًا منك شيء.
public-next-waiting_completion = قدّم المطلوب إلى المركز ليستمر فحص طلبك.
public-next-waiting_payment = سدد المبلغ في المركز ليستمر طلبك.
public-next-issued = صدر المحرر ({ $paper }). توجّه إلى المركز لاستلامه، ومعك بطاقتك وإيصال الاستلام.
public-next-closed = سُلّم المحرر ({ $paper }) في { $date }.
public-next-refused = صدر قرار برفض الطلب في { $date }. لك أن تتظلم منه من حسابك أو في المركز.
public-next-withdrawn = سُحب الطلب بناء على رغبة مقدمه في { $date }.
public-next-voided = أُلغي قيد الطلب في { $date }. راجع المركز إذا لم تكن تعلم بذلك.
public-standing-valid = سارٍ
public-standing-expired = انتهت مدته
public-standing-suspended = موقوف
public-standing-revoked = ملغى

# --- التحقق
public-verify-title = تحقق من رخصة أو شهادة
public-verify-text = تأكد من أن المحرر صادر فعلًا وما زال ساريًا.
public-verify-by-number = برقم المحرر
public-verify-code = رقم المحرر، أو محتوى رمز QR
public-verify-code-hint = الرقم 15 رقمًا ويبدأ بالرقم 2
public-verify-go = تحقق
public-verify-missing = أدخل رقم المحرر أو محتوى رمز QR
public-verify-damaged = محتوى الرمز ناقص أو تالف. امسحه مرة أخرى كاملًا.
public-verify-other-kind = هذا رقم { $kind }. رقم الرخصة أو الشهادة يبدأ بالرقم 2.
public-verify-offline = دون شبكة
public-verify-offline-text = افتح هذه الصفحة مرة والجهاز متصل، ثم أضفها إلى الشاشة الرئيسية. بعدها تتحقق من الرمز نفسه دون شبكة، وتعرف تاريخ آخر قائمة إلغاء وصلت إلى جهازك.
public-verify-carry = نزّل قوائم كل المحافظات على هذا الجهاز
public-verify-carrying = تُنزَّل قوائم الإلغاء لكل المحافظات الآن. اترك الصفحة مفتوحة لحظات، ثم يمكنك العمل دون شبكة.
public-verify-doubt = تشك في محرر؟
public-verify-doubt-text = لا تعتد بورقة لا تطابق ما يظهر هنا، وأبلغ الوحدة المحلية التي يظهر اسمها عليها.
public-verify-here = نتيجة التحقق
public-verify-as-of = الحالة في:
public-verify-compare = قارن هذه البيانات بما هو مطبوع على المحرر.
public-verify-number-only = بالرقم وحده لا يظهر اسم صاحب المحرر ولا المكان. امسح رمز QR المطبوع عليه لمقارنتهما.
public-verify-code-too = تحقق من الرمز نفسه
public-verify-another = تحقق من محرر آخر
public-paper-service = الخدمة
public-paper-unit = جهة الإصدار
public-verdict-valid = المحرر صحيح وسارٍ
public-verdict-valid-text = صدر عن المنظومة ولم يُلغَ.
public-verdict-expired = انتهت مدة المحرر
public-verdict-expired-text = صدر فعلًا، لكن مدته انتهت في التاريخ المبين أدناه.
public-verdict-not-yet = تاريخ المحرر لم يحل بعد
public-verdict-not-yet-text = لا تعتد به قبل التاريخ المبين أدناه.
public-verdict-suspended = المحرر موقوف
public-verdict-suspended-text = أوقفت جهة الإصدار العمل به مؤقتًا. راجعها قبل الاعتداد به.
public-verdict-revoked = المحرر ملغى
public-verdict-revoked-text = صدر فعلًا ثم ألغته جهة الإصدار. لا تعتد به.
public-verdict-valid-unchecked = التوقيع سليم، ولا يوجد المحرر على هذا الخادم
public-verdict-valid-unchecked-text = لم نتمكن من معرفة ما إذا كان قد أُلغي. راجع جهة الإصدار.
public-verdict-forged = المحرر غير صحيح
public-verdict-forged-text = تغيّر محتوى الرمز أو وقّعه غير جهة الإصدار. لا تعتد بهذه الورقة.
public-verdict-unknown = لا يوجد محرر بهذا الرقم أو الرمز
public-verdict-unknown-text = راجع الرقم، أو امسح الرمز مرة أخرى. لا تعتد بالورقة ما لم تؤكدها جهة الإصدار.
public-verifier-name = التحقق من الرخص والشهادات
public-verifier-short = تحقق

# --- عن الموقع
public-about-text = شُبّاك منظومة الشباك الواحد للإدارة المحلية: تتقدم بطلبك في المركز التكنولوجي، وتفحصه الإدارات دون أن تعرف صاحبه، وتتابعه أنت برمز على إيصالك، ويتحقق الجميع من المحرر الصادر.
public-about-licence = الترخيص
public-about-privacy = بياناتك
public-about-privacy-text = لا تستخدم هذه الصفحات ملفات تتبع ولا تتصل بمواقع أخرى. البيانات الشخصية في الطلبات مشفّرة، ولا تظهر في صفحات المتابعة.
public-about-data = مصادر البيانات
public-about-guide = دليل الخدمات: أُعد من قوانين وقرارات وصفحات منشورة، ومصدر كل جزء مبين في بطاقة الخدمة.
public-about-units = أسماء الوحدات المحلية من التقسيم الإداري المنشور، وبعض الإحداثيات من
public-about-borders = حدود المحافظات من
public-about-holidays = العطلات الرسمية: ما أُعلن منها، وما يُتوقع من المناسبات يظهر بأنه متوقع.
public-about-parts = مكونات من جهات أخرى
public-about-parts-text = ملفات تصل إلى متصفحك كما نشرها أصحابها.
public-about-licence-texts = نصوص التراخيص كاملة
public-about-part = المكوّن

# --- الإتاحة
public-access-text = صُممت هذه الصفحات ليستخدمها الجميع، وفق إرشادات إتاحة محتوى الويب WCAG 2.2 بالمستوى AA.
public-access-what = ما الذي تجده
public-access-keyboard = كل شيء يعمل بلوحة المفاتيح وحدها، وموضعك ظاهر دائمًا.
public-access-reader = العناوين والحقول والجداول مسماة لقارئ الشاشة، والأخطاء تُقال عند الحقل وفي أعلى الصفحة.
public-access-zoom = يمكنك تكبير الصفحة حتى 400٪ دون أن يختفي شيء، وتصلح للهواتف الصغيرة.
public-access-colour = لا نعتمد على اللون وحده، والتباين كافٍ للقراءة في الشمس.
public-access-script = كل صفحة تعمل دون جافاسكربت، ومسح الرموز بالكاميرا فقط يحتاج إليه.
public-access-digits = تُقبل الأرقام بأي شكل: ٠١٢ أو 012، بمسافات أو دونها.
public-access-slow = الصفحات خفيفة وتفتح على الشبكات البطيئة.
public-access-limits = ما لم يكتمل
public-access-limits-text = ملفات PDF تُقرأ نصوصها العربية بترتيبها، لكنها ليست موسومة بالكامل لقارئ الشاشة. اطلب من المركز قراءتها لك.
public-access-tell = أخبرنا
public-access-tell-text = إذا صعب عليك شيء في هذه الصفحات فاتصل بخط المساعدة، أو اطلب المعاونة من موظف الشباك:
