# نصوص الشباك: مكتب الموظف، قيد الطلب، التحصيل، التسليم، البحث.

# --- التنقل
counter-nav-desk = مكتب الشباك
counter-nav-new = طلب جديد
counter-nav-search = بحث
counter-nav-pay = تحصيل
counter-nav-last = آخر إيصال

# --- المكتب
counter-window = الشباك
counter-window-at = شباك { $n }، { $place }
counter-window-number = شباك { $n }
counter-window-missing = اختر الشباك الذي تعمل عليه.
counter-window-chosen = تعمل الآن على { $window }.
counter-choose-window = اختر شباكك
counter-change-window = غيّر شباكك
counter-and-more =
    { $n ->
        [one] وطلب آخر. ابحث برقمه.
        [two] وطلبان آخران. ابحث برقميهما.
        [few] و{ $n } طلبات أخرى. ابحث بأرقامها.
        [many] و{ $n } طلبًا آخر. ابحث بأرقامها.
       *[other] و{ $n } طلب آخر. ابحث بأرقامها.
    }
counter-sit = اجلس هنا
counter-today = عملك اليوم
counter-registered = طلبات قيدتها
counter-voided = منها ملغاة
counter-payments = مبالغ حصّلتها
counter-collected = الإجمالي بالجنيه
counter-own = طلبات اليوم
counter-own-none = لم تقيد طلبًا اليوم
counter-own-none-text = اضغط F2 لقيد طلب جديد.
counter-request-number = رقم الطلب
counter-service = الخدمة
counter-at = وقت القيد
counter-state = الحالة
counter-drafts = طلبات مركونة
counter-drafts-none = لا طلبات مركونة. ما تكتبه في شاشة القيد يُحفظ هنا وحده، أو تركنه بمفتاحي Ctrl+S، وتعود إليه خلال ثلاثة أيام.
counter-discard = احذف
counter-discarded = حُذف الطلب المركون.
counter-ready = جاهز للتسليم
counter-ready-none = لا شيء جاهز للتسليم الآن.
counter-returned = في انتظار استيفاء
counter-returned-none = لا طلبات معادة للاستيفاء.
counter-unpaid = في انتظار السداد
counter-unpaid-none = لا مبالغ مستحقة التحصيل الآن.

# --- قيد طلب
counter-new-title = قيد طلب جديد
counter-service-hint = الكود مثل SHP-01، أو كلمة من اسم الخدمة
counter-service-unknown = لا توجد خدمة بهذا الكود أو الاسم. اكتب كلمة أخرى من اسمها.
counter-open-form = افتح الاستمارة
counter-found =
    { $n ->
        [two] وجدنا خدمتين، اختر إحداهما
        [few] وجدنا { $n } خدمات، اختر إحداها
       *[other] وجدنا { $n } خدمة، اختر إحداها
    }
counter-key-next = البيان التالي
counter-check = تحقق
counter-register = قيّد واطبع
counter-park = اركن
counter-parked = رُكن الطلب. تجده في مكتبك.
counter-park-full = لديك { $n } طلبًا مركونًا، وهذا أقصى ما يُحفظ. أكمل بعضها أو احذفه من مكتبك ثم اركن هذا الطلب.
counter-saved-at = حُفظت المسودة تلقائيًا
counter-save-over = انتهت جلستك. أكمل ما تكتبه وقيّده، فيُطلب منك الدخول ولا يضيع شيء.
counter-save-failed = لم تُحفظ المسودة الآن. سنعيد المحاولة مع البيان التالي.
counter-applicant = مقدم الطلب
counter-more-applicant = شركة أو جهة، غير مصري، وكيل، وبيانات أخرى
counter-request-data = بيانات الطلب
counter-more-data = الوحدة المختصة وبيانات اختيارية
counter-scans = صور المستندات
counter-papers = المستندات
counter-papers-hint = المسطرة تؤشر، وShift مع المسطرة تؤشر الكل. ما لم يؤشر يُستوفى لاحقًا.
counter-papers-other = مستندات اختيارية
counter-papers-none = لا مستندات مطلوبة لهذا الطلب.
counter-paper-here = مقدم
counter-paper-pending = يُستوفى لاحقًا
counter-paper-unknown = مستند غير مطلوب في هذه الخدمة: { $code }
counter-files-kept =
    { $n ->
        [one] ملف واحد محفوظ
        [two] ملفان محفوظان
        [few] { $n } ملفات محفوظة
       *[other] { $n } ملفًا محفوظًا
    }
counter-file-unknown = انتهى حفظ أحد الملفات المرفقة. أرفقه مرة أخرى.
counter-unit = الوحدة المختصة
counter-unit-hint = الوحدة التي يقع فيها محل الطلب
counter-unit-wrong = اختر وحدة من المحافظة نفسها.
counter-until = موعد استيفاء الناقص
counter-until-past = اختر يومًا بعد اليوم.
counter-date-wrong = اكتب تاريخًا صحيحًا، مثل 22/11/2026
counter-value-wrong = راجع هذا البيان.
counter-if-applies = إن انطبق على الطلب
counter-hint-date = يوم/شهر/سنة
counter-hint-point = خط العرض ثم خط الطول، مثل 30.0444, 31.2357
counter-hint-shape = نقطة في كل سطر: خط العرض ثم خط الطول
counter-nid = الرقم القومي
counter-nid-missing = اكتب الرقم القومي.
counter-nid-century = الرقم القومي يبدأ بـ 2 أو 3. راجع البطاقة.
counter-nid-date = تاريخ الميلاد في الرقم القومي غير صحيح. راجع البطاقة.
counter-nid-governorate = كود المحافظة في الرقم القومي غير صحيح. راجع البطاقة.
counter-number-kind = نوع رقم الهوية
counter-number-whose = لغير المصريين والشركات والجهات
counter-number-kind-missing = اختر نوع رقم الهوية.
counter-number = رقم الهوية
counter-number-missing = اكتب رقم الهوية.
counter-number-wrong = رقم الهوية لا يطابق نوعه. راجعه.
counter-identity-national-id = الرقم القومي
counter-identity-passport = جواز السفر
counter-identity-commercial-register = السجل التجاري
counter-identity-tax-number = رقم التسجيل الضريبي
counter-identity-registration = رقم القيد أو الإشهار
counter-name = الاسم
counter-name-missing = اكتب الاسم كما في البطاقة.
counter-mobile = المحمول
counter-mobile-missing = اكتب رقم المحمول.
counter-applicant-kind = الصفة
counter-abroad = خارج الجمهورية
counter-foreign = غير مصري
counter-by-agent = قدّم الطلب وكيل
counter-agent = الوكيل
counter-agent-nid = الرقم القومي للوكيل
counter-agent-name = اسم الوكيل
counter-agent-mobile = محمول الوكيل
counter-email = البريد الإلكتروني
counter-email-wrong = اكتب بريدًا إلكترونيًا صحيحًا، مثل name@example.com، أو اتركه خاليًا.
counter-residence = العنوان
counter-known = مقدم الطلب معروف لدينا، واستكملنا بياناته. راجعها معه.
counter-known-name = الاسم المسجل لدينا: { $value }. ما كتبته سيحل محله.
counter-known-mobile = المحمول المسجل لدينا: { $value }. ما كتبته سيحل محله.
counter-book-full = اكتمل دفتر أرقام هذه الوحدة لهذا العام. أبلغ مشرف النظام.

# --- بجانب الاستمارة
counter-fees = الرسوم
counter-no-fees = لا رسوم على هذه الخدمة.
counter-fees-later = تُحسب الرسوم بعد استكمال البيانات.
counter-fees-unknown = تُحدد لاحقًا:
counter-total = الإجمالي
counter-promised = الموعد المتوقع
counter-earlier = طلبات سابقة
counter-earlier-none = لا طلبات سابقة.
counter-earlier-unknown = اكتب رقم الهوية ليظهر ما سبق من طلبات.
counter-same-open = له طلب قائم بالخدمة نفسها. راجعه قبل القيد.

# --- بعد القيد
counter-done-title = تم قيد الطلب
counter-done-registered = قُيد الطلب برقم
counter-pin = الرقم السري
counter-received = وقت الاستلام
counter-pending = يُستوفى لاحقًا
counter-copy = نسخة
counter-qr = رمز متابعة الطلب
counter-track-at = للمتابعة:
counter-slip-80 = إيصال 80 مم
counter-slip-a5 = إيصال A5
counter-print-out = مستخرج الطلب
counter-next = ما بعد القيد
counter-reprint = نسخة من الإيصال
counter-open-file = ملف الطلب
counter-no-slip-today = لم تقيد طلبًا اليوم، فلا إيصال لإعادة طباعته.

# --- المطبوعات
counter-governorate = محافظة { $name }
counter-centre = المركز التكنولوجي لخدمة المواطنين
counter-slip-help = للاستفسار: { $phone }
counter-printed-at = طُبع في { $at }
counter-by-slip = حافظة رقم { $slip }
counter-legal = طبقًا لأحكام: { $laws }
counter-signatory = السلطة المختصة
counter-points =
    { $n ->
        [two] نقطتان
        [few] { $n } نقاط
       *[other] { $n } نقطة
    }
counter-rows =
    { $n ->
        [one] صف واحد
        [two] صفان
        [few] { $n } صفوف
       *[other] { $n } صفًا
    }

# --- الملف
counter-status-in-progress = قيد العمل
counter-status-waiting-completion = في انتظار استيفاء
counter-status-waiting-payment = في انتظار السداد
counter-status-issued = جاهز للتسليم
counter-status-closed = انتهى وسُلّم
counter-status-refused = مرفوض
counter-status-withdrawn = مسحوب
counter-status-voided = ملغى القيد
counter-standing-valid = سارٍ
counter-standing-suspended = موقوف
counter-standing-revoked = ملغى
counter-halted-completion = المدة موقوفة حتى الاستيفاء
counter-halted-payment = المدة موقوفة حتى السداد
counter-halted-consult = المدة موقوفة حتى رد إدارة أخرى
counter-late = تجاوز موعده
counter-hidden = محجوب
counter-erased = مُحيت بياناته
counter-missing = المطلوب من مقدم الطلب
counter-reasons = أسباب الرفض أو الإنهاء
counter-scan = صورة
counter-issued = المحرر الصادر
counter-issued-on = صدر في
counter-expires = ينتهي في
counter-money = المدفوعات
counter-owed = المستحق
counter-paid-none = لم يُسدد شيء بعد.
counter-journey = سير الطلب
counter-do-pay = حصّل
counter-do-hand-over = سلّم
counter-do-supply = استوفِ الناقص
counter-do-check = راجع الاكتمال
counter-do-withdraw = اسحب الطلب
counter-do-void = ألغِ القيد

# --- إجراءات
counter-reason = السبب
counter-reason-missing = اكتب السبب.
counter-note = ملاحظة
counter-void-title = إلغاء قيد طلب
counter-void-effect = يُلغى قيد الطلب ولا يُعمل به، ويبقى رقمه في الدفتر ملغى. للموظف ربع ساعة من القيد، وبعدها للمدير.
counter-void-button = ألغِ القيد
counter-void-done = أُلغي قيد الطلب.
counter-withdraw-title = سحب طلب
counter-withdraw-effect = ينتهي الطلب بناءً على رغبة مقدمه، ولا رجوع في ذلك إلا بطلب جديد.
counter-withdraw-button = اسحب الطلب
counter-withdraw-done = سُحب الطلب.
counter-check-title = مراجعة اكتمال المستندات
counter-check-effect = بعد المراجعة ينتقل الطلب إلى الإدارة المختصة.
counter-check-button = أنهِ المراجعة
counter-check-done = انتهت مراجعة الاكتمال.
counter-check-outcome = نتيجة المراجعة
counter-check-accept = المستندات مكتملة
counter-check-later = يستمر الطلب، ويُستوفى الناقص قبل الإصدار
counter-check-ask = يُطلب الناقص من مقدم الطلب
counter-check-ask-hint = تتوقف المدة حتى يستوفيه
counter-check-until = آخر يوم للاستيفاء
counter-check-missing = اختر نتيجة المراجعة.
counter-supply-title = استيفاء الناقص
counter-supply-until = المهلة حتى { $date }
counter-supply-text = ما قدمه
counter-supply-file = صورة المستند
counter-supply-button = سجّل الاستيفاء
counter-supply-done = سُجل الاستيفاء.
counter-supply-nothing = اكتب ما قدمه مقدم الطلب أو أرفق صورته، لبند واحد على الأقل.
counter-hand-over-title = تسليم
counter-hand-over-effect = راجع هوية المتسلم قبل التسليم، ثم سجّل ما اطلعت عليه.
counter-hand-over-button = سلّم
counter-hand-over-done = تم التسليم.
counter-to = المتسلم
counter-to-applicant = صاحب الطلب: { $name }
counter-to-agent = الوكيل: { $name }
counter-to-missing = اختر من تسلّم.
counter-checked = اطلعت على
counter-checked-nid = أصل بطاقة الرقم القومي
counter-checked-passport = أصل جواز السفر
counter-checked-poa = أصل التوكيل وبطاقة الوكيل
counter-checked-missing = اختر المستند الذي اطلعت عليه.
counter-matched = طابقت الاسم والرقم والصورة
counter-matched-missing = طابق الاسم والرقم والصورة، ثم أشّر هنا.
counter-hand-paper = المحرر رقم { $number }

# --- التحصيل
counter-pay-title = تحصيل
counter-pay-number = رقم الطلب أو رمز إيصاله
counter-find = اعرض المستحق
counter-bill = المستحق الآن
counter-line = البند
counter-rule = كيف حُسب
counter-amount = المبلغ المحصل
counter-amount-missing = اكتب المبلغ المحصل.
counter-amount-wrong = اكتب مبلغًا بالجنيه، مثل 1250.50
counter-slip-number = رقم الحافظة أو الإيصال الورقي
counter-slip-hint = كما هو مطبوع عليها
counter-collect = حصّل
counter-paid = تم التحصيل بإيصال رقم
counter-receipt-80 = الإيصال على بكرة 80 مم
counter-receipt = اطبع الإيصال
counter-nothing-due = لا شيء مستحق على هذا الطلب الآن.
counter-changed = تغيّر الطلب بعد أن فتحت هذه الصفحة: { $what }. راجع ما استجد ثم أعد الإجراء إن كان ما زال مطلوبًا.
counter-due-unknown = لم تُحدد بعد قيمة: { $parts }. يُستكمل تقديرها أولًا.

# --- البحث
counter-search = رقم أو رمز أو رقم قومي أو محمول أو اسم
counter-search-hint = امسح الإيصال، أو اكتب ما معك
counter-number-unknown = لا يوجد طلب بهذا الرقم عندك. راجع الرقم في إيصال الاستلام.
counter-number-length = رقم الطلب 15 رقمًا، وما كتبته { $n }.
counter-number-check = في الرقم خطأ كتابة. راجعه.
counter-number-none = هذا ليس رقم طلب أو محرر أو إيصال.
counter-scan-unknown = لم نجد ما يخص هذا الرمز عندك.
counter-meant = هل تقصد:
counter-other-layout = كتبت على لوحة مفاتيح أخرى، فبحثنا بما تقصده.
counter-results = النتائج
counter-found-none = لم نجد شيئًا
counter-found-none-text = راجع الكتابة، أو ابحث برقم الطلب أو الرقم القومي أو المحمول.

# --- بيانات شخص
counter-person-title = بيانات مقدم الطلب
counter-person-open = بياناته
counter-person-requests = طلباته
counter-person-papers = ما صدر له
counter-person-papers-none = لم يصدر له شيء بعد.
counter-person-noted = يُسجل كل اطلاع على هذه الصفحة باسم صاحبه ووقته.
counter-not-given = غير مسجل
counter-erased-text = مُحيت بيانات هذا الشخص. طلباته وأرقامها باقية دون اسم ولا رقم قومي، ولا سبيل إلى استرجاع ما مُحي.
counter-erased-print = مُحيت بيانات صاحب هذا الطلب، فلا يُطبع له شيء.
counter-do-correct = صحّح البيانات
counter-correct-title = تصحيح بيانات مقدم الطلب
counter-correct-effect = تظهر البيانات بعد التصحيح في كل طلباته وفيما يُطبع من الآن. ما صدر من رخص وشهادات لا يتغير. رقم الهوية لا يُصحح هنا.
counter-correct-reason-hint = مثل: خطأ في كتابة الاسم، أو غيّر صاحبه رقم محموله
counter-correct-button = احفظ التصحيح
counter-correct-done = حُفظت البيانات.
counter-do-erase = امحُ البيانات
counter-erase-title = محو بيانات { $name }
counter-erase-effect = يُمحى الاسم ورقم الهوية والمحمول والبريد والعنوان، وما كتبه في طلباته من بيانات شخصية، وصور مستنداته. لا رجوع في ذلك.
counter-erase-remains =
    { $n ->
        [zero] لا طلبات له.
        [one] يبقى طلب واحد له برقمه ومواعيده ومدفوعاته، دون اسم.
        [two] يبقى طلبان له برقميهما ومواعيدهما ومدفوعاتهما، دون اسم.
        [few] تبقى { $n } طلبات له بأرقامها ومواعيدها ومدفوعاتها، دون اسم.
        [many] يبقى { $n } طلبًا له بأرقامها ومواعيدها ومدفوعاتها، دون اسم.
       *[other] يبقى { $n } طلب له بأرقامها ومواعيدها ومدفوعاتها، دون اسم.
    }
counter-erase-papers =
    { $n ->
        [zero] لم تصدر له رخصة ولا شهادة.
        [one] يظل التحقق مما صدر له ممكنًا دون اسم صاحبه، ولا يُطبع مرة أخرى.
        [two] يظل التحقق مما صدر له ممكنًا دون اسم صاحبه، ولا يُطبع مرة أخرى.
       *[other] يظل التحقق مما صدر له ممكنًا دون اسم صاحبه، ولا يُطبع مرة أخرى.
    }
counter-erase-ground = سبب المحو
counter-erase-ground-asked = طلب صاحب البيانات
counter-erase-ground-mistake = سُجلت البيانات بالخطأ
counter-erase-ground-decision = حكم أو قرار من جهة مختصة
counter-erase-ground-missing = اختر سبب المحو.
counter-erase-done = مُحيت البيانات.

# --- ملفات مرفوضة
counter-upload-empty = الملف فارغ. أرفق ملفًا آخر.
counter-upload-too-large = الملف أكبر من 20 ميجابايت.
counter-upload-kind = يُقبل JPEG وPNG وWebP وPDF فقط.
counter-upload-damaged = الملف تالف. امسحه ضوئيًا مرة أخرى.
counter-upload-too-many-pixels = الصورة أكبر مما يُقبل. امسحها بدقة أقل.
counter-upload-erased = مُحيت بيانات هذا الطلب.
counter-upload-pdf-locked = ملف PDF محمي بكلمة سر. أرفقه دونها.
counter-upload-pdf-program = ملف PDF يحمل برامج، فلا يُقبل. اطبعه إلى PDF جديد ثم أرفقه.
counter-upload-pdf-files = ملف PDF يحمل ملفات داخله، فلا يُقبل. أرفقها منفصلة.
counter-upload-pdf-bomb = ملف PDF لا يمكن فحصه. امسحه ضوئيًا مرة أخرى.
