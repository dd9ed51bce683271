# نصوص سجل الجهات والعاملين: الدخول، الحساب الشخصي، العاملون والأدوار، الوحدات والمواعيد والعطلات.

registry-nav-people = العاملون
registry-nav-units = الوحدات
registry-action = إجراء
registry-set-by = حددتها
registry-conflict = عدّل شخص آخر هذه البيانات بعد أن فتحت الصفحة، فلم يُحفظ تعديلك. افتح الصفحة من جديد وراجع ما تغيّر.
registry-date-wrong = اكتب تاريخًا صحيحًا: اليوم ثم الشهر ثم السنة
registry-date-missing = اكتب التاريخ

# --- الدخول
registry-login-title = دخول الموظفين
registry-login-name = اسم الدخول
registry-login-name-missing = اكتب اسم الدخول
registry-login-password = كلمة السر
registry-login-password-missing = اكتب كلمة السر
registry-login-submit = ادخل
registry-login-wrong = اسم الدخول أو كلمة السر غير صحيح، أو الحساب موقوف
registry-login-wait =
    { $n ->
        [one] محاولات كثيرة. أعد المحاولة بعد ثانية واحدة
        [two] محاولات كثيرة. أعد المحاولة بعد ثانيتين
        [few] محاولات كثيرة. أعد المحاولة بعد { $n } ثوانٍ
        [many] محاولات كثيرة. أعد المحاولة بعد { $n } ثانية
       *[other] محاولات كثيرة. أعد المحاولة بعد { $n } ثانية
    }
registry-login-forgot = نسيت كلمة السر؟ اطلب كلمة جديدة من مشرف النظام في وحدتك.
registry-demo-title = حسابات تجريبية
registry-demo-intro = اختر دورًا لتدخل به مباشرة. كل البيانات هنا تجريبية.
registry-demo-enter = ادخل

# --- ما كُتب قبل انتهاء الجلسة
registry-kept-login = انتهت جلستك قبل أن يصل ما كتبته، وهو محفوظ لك يومًا واحدًا. ادخل ليعود إليك.
registry-kept-back = عاد ما كتبته قبل انتهاء الجلسة، ولم يُرسل بعد. راجعه ثم أرسله.
registry-kept-files = الملفات لا تُحفظ. أرفقها مرة أخرى.
registry-kept-left = ما لم نجد له مكانًا في هذه الصفحة، لتعيد كتابته:

# --- الحساب الشخصي
registry-me-title = حسابي
registry-me-kept = كتبته ولم يُرسل
registry-me-kept-text = وصل بعد انتهاء جلستك، ويُحفظ لك يومًا واحدًا.
registry-me-kept-open = افتح ما كتبته
registry-me-roles = أدواري
registry-me-rights = ما يتيحه هذا الدور
registry-me-logins = مرات الدخول إلى حسابي
registry-me-logins-intro = إذا رأيت دخولًا لا تعرفه فاخرج من كل الأجهزة ثم غيّر كلمة السر.
registry-logout-everywhere = اخرج من كل الأجهزة
registry-logged-out-everywhere =
    { $n ->
        [zero] لم تكن هناك جلسات مفتوحة.
        [one] خرجت من جلسة واحدة.
        [two] خرجت من جلستين.
        [few] خرجت من { $n } جلسات.
        [many] خرجت من { $n } جلسة.
       *[other] خرجت من { $n } جلسة.
    }
registry-login-started = وقت الدخول
registry-login-seen = آخر استخدام
registry-login-address = العنوان
registry-login-agent = المتصفح
registry-login-state = الحالة
registry-login-this = هذه الجلسة
registry-login-open = مفتوحة
registry-login-ended = انتهت
registry-no-role = لا دور لك بعد
registry-no-role-text = يمنحك الدور مشرف النظام في وحدتك.
registry-password-title = تغيير كلمة السر
registry-password-first-title = اختر كلمة سر خاصة بك
registry-password-first-intro = كلمة السر التي دخلت بها مؤقتة. اختر كلمة جديدة لتبدأ العمل.
registry-password-old = كلمة السر الحالية
registry-password-old-missing = اكتب كلمة السر الحالية
registry-password-new = كلمة السر الجديدة
registry-password-new-missing = اكتب كلمة السر الجديدة
registry-password-hint = 10 حروف على الأقل. جملة قصيرة تتذكرها أقوى من كلمة معقدة.
registry-password-again = كلمة السر الجديدة مرة أخرى
registry-password-again-differs = الكلمتان غير متطابقتين
registry-password-submit = غيّر كلمة السر
registry-password-changed = غُيّرت كلمة السر، وانتهت جلساتك على الأجهزة الأخرى.

# --- العاملون
registry-people-title = العاملون وأدوارهم
registry-people-search = اسم أو اسم دخول
registry-people-none = لا أحد
registry-people-none-text = لا يوجد في نطاقك من يطابق ما كتبت.
registry-people-all = اعرض كل العاملين
registry-person-name = الاسم
registry-person-name-hint = الاسم كما في بطاقة العمل، اسمان على الأقل
registry-person-name-missing = اكتب الاسم
registry-person-login = اسم الدخول
registry-person-login-hint = حروف إنجليزية صغيرة وأرقام، من 3 إلى 40
registry-person-login-missing = اكتب اسم الدخول
registry-person-unit = الوحدة
registry-person-unit-missing = اختر الوحدة
registry-person-state = الحالة
registry-person-roles = الأدوار
registry-person-no-role-text = امنحه دورًا ليبدأ العمل.
registry-person-new-title = إضافة موظف
registry-person-new-intro = بعد الإضافة تظهر كلمة سر مؤقتة مرة واحدة، سلّمها لصاحبها ثم امنحه دورًا.
registry-person-add = أضف الموظف
registry-account-open = مفعّل
registry-account-closed = موقوف
registry-first-password-title = كلمة السر المؤقتة
registry-first-password-of = سلّم هذه الكلمة إلى { $name }. اسم الدخول:
registry-first-password-once = لن تظهر هذه الكلمة مرة أخرى. يُطلب من صاحبها تغييرها عند أول دخول.
registry-first-password-shown = ظهرت كلمة السر المؤقتة مرة واحدة ولا تُحفظ. إذا ضاعت فأصدر كلمة جديدة.
registry-first-password-go = صفحة الموظف
registry-grant-title = منح دور
registry-grant-intro = اختر الوحدة التي سيعمل فيها { $name }.
registry-grant-intro-at = دور { $name } في { $unit }.
registry-grant-unit = الوحدة
registry-grant-next = تابع
registry-grant-role = الدور
registry-grant-role-missing = اختر الدور
registry-grant-place = المكان
registry-grant-department = الإدارة
registry-grant-department-hint = للأدوار التي تعمل داخل إدارة أو لجنة فقط
registry-grant-first-day = من يوم
registry-grant-last-day = إلى يوم
registry-grant-last-day-hint = اتركه خاليًا إذا كان الدور مفتوح المدة
registry-grant-no-end = مفتوح
registry-grant-submit = امنح الدور
registry-granted = مُنح دور { $role } إلى { $name }.
registry-assignment-in-force = ساري
registry-assignment-later = لم يبدأ
registry-assignment-over = انتهى
registry-assignment-revoked = سُحب
registry-reason = السبب
registry-reason-hint = يُحفظ في السجل
registry-revoke-title = سحب دور من { $name }
registry-revoke-effect = يفقد دور { $role } في { $place } فورًا، وما بدأه من عمل يبقى في إدارته.
registry-revoke-submit = اسحب الدور
registry-revoked = سُحب الدور من { $name }.
registry-disable-title = إيقاف حساب { $name }
registry-disable-effect = تنتهي كل جلساته ولا يُقبل منه أي إجراء من هذه اللحظة. ما سجّله من قبل يبقى كما هو، ويمكن إعادة تفعيل الحساب.
registry-disable-submit = أوقف الحساب
registry-disabled = أُوقف حساب { $name }.
registry-enable-submit = فعّل الحساب
registry-enabled = فُعّل حساب { $name }.
registry-reset-title = كلمة سر جديدة لـ { $name }
registry-reset-effect = تبطل كلمة السر الحالية وتنتهي كل جلساته، وتظهر لك كلمة مؤقتة تسلّمها إليه.
registry-reset-submit = أصدر كلمة سر جديدة

# --- الأدوار
registry-role-clerk = موظف الشباك
registry-role-cashier = المحصل
registry-role-reviewer = موظف الإدارة المختصة
registry-role-decider = مسئول القرار بالإدارة
registry-role-inspector = المعاين
registry-role-title-checker = مراجع المستندات الشخصية
registry-role-committee-secretary = أمين اللجنة
registry-role-body-officer = موظف الجهة الخارجية
registry-role-unit-head = رئيس الوحدة
registry-role-centre-manager = مدير المركز التكنولوجي
registry-role-follow-up = عضو لجنة المتابعة
registry-role-supervisor = مشرف النظام
registry-role-catalogue-editor = محرر دليل الخدمات
registry-role-auditor = المفتش
registry-role-operator = مشغل النظام

# --- الصلاحيات
registry-right-take-requests = تلقي الطلبات وطباعة الإيصالات
registry-right-void-requests = إلغاء قيد طلب
registry-right-hand-over = تسليم الرخص والشهادات
registry-right-collect-payments = تحصيل الرسوم
registry-right-find-persons = البحث عن مقدم طلب
registry-right-correct-persons = تصحيح بيانات مقدم الطلب أو محوها
registry-right-read-cases = فتح ملف الطلب
registry-right-review-steps = فحص الطلبات ومراجعتها
registry-right-decide-steps = البت في الطلبات
registry-right-answer-for-body = إبداء رأي الجهة
registry-right-plan-inspections = تحديد مواعيد المعاينة
registry-right-inspect = إثبات المعاينة
registry-right-open-identity-papers = فتح المستندات الشخصية
registry-right-hold-sittings = إثبات جلسات اللجنة وقراراتها
registry-right-assess-fees = تقدير الرسوم
registry-right-approve = الاعتماد
registry-right-issue-papers = إصدار الرخص والشهادات
registry-right-revoke-papers = إلغاء رخصة أو وقفها
registry-right-freeze-licensing = وقف الترخيص في مكان ورفع الوقف
registry-right-extend-limits = مد المدة المقررة
registry-right-reassign = إعادة توزيع العمل
registry-right-follow-progress = متابعة سير العمل
registry-right-view-people = عرض العاملين
registry-right-manage-people = إدارة حسابات العاملين
registry-right-grant-roles = منح الأدوار وسحبها
registry-right-manage-units = إضافة الوحدات
registry-right-manage-windows = إدارة الشبابيك واللجان
registry-right-manage-hours = إدارة مواعيد العمل
registry-right-manage-holidays = إدارة العطلات
registry-right-edit-catalogue = تحرير دليل الخدمات
registry-right-set-local-figures = إدخال أرقام المحافظة
registry-right-serve-queue = خدمة طابور الشباك
registry-right-manage-queue = إدارة الطابور والمواعيد
registry-right-read-record = قراءة السجل
registry-right-operate-node = تشغيل النظام

# --- الوحدات والشبابيك واللجان
registry-units-title = الوحدات
registry-units-none = لا وحدات في نطاقك
registry-units-none-text = يحدد نطاقك الدور الممنوح لك. راجع مشرف النظام في الجهة الأعلى.
registry-about-windows = فتح شباك وإغلاقه وإضافة آخر
registry-about-vans = أماكن وقوفها وأيامها
registry-about-hours = مواعيد الإدارات والشباك
registry-about-holidays = عطلة محلية بقرار
registry-about-committees = تسمية الأعضاء
registry-about-person-new = حساب جديد ثم دور
registry-units-below = الوحدات التابعة
registry-departments = الإدارات واللجان
registry-bodies = الجهات الخارجية
registry-centres = المراكز التكنولوجية
registry-centre-fixed = ثابت
registry-centre-mobile = متنقل
registry-windows-open =
    { $n ->
        [zero] لا شبابيك
        [one] شباك واحد، المفتوح { $open }
        [two] شباكان، المفتوح { $open }
        [few] { $n } شبابيك، المفتوح { $open }
        [many] { $n } شباكًا، المفتوح { $open }
       *[other] { $n } شباك، المفتوح { $open }
    }
registry-kind-ministry = وزارة
registry-kind-governorate = محافظة
registry-kind-markaz = مركز ومدينة
registry-kind-city = مدينة
registry-kind-district = حي
registry-kind-new-city = مدينة جديدة
registry-kind-village = قرية
registry-kind-body = جهة خارجية
registry-windows-title = الشبابيك
registry-window-centre = المركز
registry-window-centre-missing = اختر المركز الذي يتبعه الشباك.
registry-window-number = رقم الشباك
registry-window-name = الغرض
registry-window-name-hint = مثل: استقبال الطلبات، التحصيل، التسليم
registry-window-is-open = مفتوح
registry-window-is-closed = مغلق
registry-window-open = افتح الشباك
registry-window-close = أغلق الشباك
registry-window-add-title = شباك جديد
registry-window-add = أضف الشباك
registry-window-opened = فُتح الشباك { $n }.
registry-window-closed = أُغلق الشباك { $n }.
registry-window-added = أُضيف الشباك { $n }.
registry-window-renamed = غُيّر غرض الشباك { $n }.
registry-vans-title = المراكز المتنقلة
registry-vans-intro = ما تسجله هنا يراه المواطن في صفحة مراكز الوحدة: أين يقف المركز المتنقل ومتى.
registry-vans-none = لا مراكز متنقلة في هذه الوحدة
registry-vans-none-text = أضف مركزًا متنقلًا، ثم سجّل أماكن وقوفه وأيامها.
registry-van = المركز المتنقل
registry-van-missing = اختر المركز المتنقل
registry-van-works = يعمل
registry-van-stands = متوقف
registry-van-open = شغّله
registry-van-close = أوقفه
registry-van-opened = يعمل المركز المتنقل من الآن.
registry-van-closed = أُوقف المركز المتنقل، ولا يُقيَّد عليه طلب.
registry-van-add-title = مركز متنقل جديد
registry-van-add = أضف المركز
registry-van-added = أُضيف المركز المتنقل، وله شباك واحد مفتوح.
registry-van-name = الاسم
registry-van-name-hint = مثل: المركز المتنقل رقم 1 بحي شبرا
registry-van-name-missing = اكتب اسم المركز المتنقل
registry-stops = أماكن الوقوف
registry-stops-none = لم يُسجل له مكان وقوف قادم.
registry-stop-day = اليوم
registry-stop-place = المكان
registry-stop-place-hint = كما يعرفه الناس، مثل: ميدان المحطة أمام مدرسة النيل
registry-stop-cancel = ألغِ
registry-stop-cancelled = أُلغيت الوقفة.
registry-stop-plan-title = مكان وقوف جديد
registry-stop-plan = سجّل المكان
registry-stop-planned = سُجل مكان الوقوف.
registry-committees-title = اللجان وأعضاؤها
registry-committee = اللجنة
registry-committee-missing = اختر اللجنة
registry-committee-empty = لم يُسمَّ أعضاء هذه اللجنة بعد.
registry-member-add-title = عضو جديد
registry-member-add = سمِّ العضو
registry-member-name = اسم العضو
registry-member-name-missing = اكتب اسم العضو
registry-member-capacity = صفته
registry-member-capacity-hint = مثل: رئيس اللجنة، عضو هندسي، ممثل الشئون القانونية
registry-member-capacity-missing = اكتب صفة العضو
registry-member-release = أنهِ عضويته
registry-member-named = سُمّي العضو.
registry-member-released = أُنهيت العضوية.

# --- المواعيد والعطلات
registry-hours-title = مواعيد العمل
registry-hours-intro = تُحسب المدد المقررة حتى نهاية مواعيد الإدارات. ما لا تحدده الوحدة تأخذه من الجهة الأعلى.
registry-hours-kind = المواعيد
registry-hours-kind-missing = اختر مواعيد الإدارات أو مواعيد الشباك
registry-hours-back-office = مواعيد الإدارات
registry-hours-window = مواعيد الشباك
registry-hours-name = المناسبة
registry-hours-name-hint = مثل: رمضان
registry-hours-name-missing = اكتب المناسبة
registry-hours-usual = المعتادة
registry-hours-always = كل أيام العمل
registry-hours-days = من { $first } إلى { $last }
registry-hours-days-title = الأيام
registry-hours-times = من – إلى
registry-hours-opens = تبدأ الساعة
registry-hours-closes = تنتهي الساعة
registry-hours-time-hint = مثل 08:30
registry-hours-time-wrong = اكتب الساعة والدقيقة، مثل 08:30
registry-hours-first-day = من يوم
registry-hours-last-day = إلى يوم
registry-hours-both-days = اكتب أول يوم وآخر يوم معًا
registry-hours-some = لأيام محددة فقط
registry-hours-some-hint = اترك هذا الجزء خاليًا لتكون المواعيد لكل أيام العمل.
registry-hours-set-title = مواعيد خاصة بالوحدة
registry-hours-submit = احفظ المواعيد
registry-hours-set = حُفظت المواعيد.
registry-hours-withdraw-title = إلغاء مواعيد
registry-hours-withdraw-effect = تُلغى { $kind } { $times } وتعود مواعيد الجهة الأعلى، ويُعاد حساب المواعيد النهائية.
registry-hours-withdraw-submit = ألغِ المواعيد
registry-hours-withdrawn = أُلغيت المواعيد.
registry-holidays-title = العطلات
registry-holidays-none = لا عطلات قادمة
registry-holidays-none-text = أعلن عطلة الوحدة هنا بعد صدور القرار.
registry-holiday-day = اليوم
registry-holiday-name = المناسبة
registry-holiday-name-hint = مثل: العيد القومي للمحافظة
registry-holiday-name-missing = اكتب المناسبة
registry-holiday-decision = رقم القرار
registry-holiday-decided-on = تاريخ القرار
registry-holiday-decision-of = القرار { $number } بتاريخ { $day }
registry-holiday-expected = متوقعة
registry-holiday-declare-title = عطلة جديدة للوحدة وما يتبعها
registry-holiday-declare = أعلن العطلة
registry-holiday-declared = أُعلنت عطلة { $day }.
registry-holiday-cancel-title = إلغاء عطلة
registry-holiday-cancel-effect = يصبح { $day } ({ $name }) يوم عمل، ويُعاد حساب المواعيد النهائية.
registry-holiday-cancel-submit = ألغِ العطلة
registry-holiday-cancelled = أُلغيت العطلة.

# --- أسباب الرفض
registry-refused-above-or-outside = هذا أعلى من صلاحيتك أو خارج نطاقك
registry-refused-own-account = لا يغيّر أحد أدواره أو حسابه بنفسه
registry-refused-wrong-place = هذا الدور لا يكون في هذا المكان
registry-refused-needs-department = اختر إدارة أو لجنة من إدارات الوحدة
registry-refused-no-unit = لا توجد وحدة بهذا الرمز
registry-refused-under-way = له طلب لم ينتهِ بعد. أتمّ الطلب أو اسحبه أولًا، ثم امحُ البيانات.
registry-refused-no-person = لا يوجد شخص بهذه البيانات
registry-refused-held-already = هذا الدور ممنوح له في المكان نفسه في بعض هذه الأيام
registry-refused-no-assignment = هذا الدور غير ساري
registry-refused-no-key = لا يوجد مفتاح بهذا الرقم لهذا الحساب.
registry-refused-days-order = آخر يوم يجب أن يكون بعد أول يوم، وألا يكون قد مضى
registry-refused-unchanged = لا تغيير: الحال كما هي
registry-refused-disabled = الحساب موقوف. فعّله أولًا
registry-refused-login-taken = اسم الدخول مستخدم. اختر غيره
registry-refused-login-form = اكتب من 3 إلى 40 من الحروف الإنجليزية الصغيرة والأرقام والنقطة والشرطة
registry-refused-name-form = اكتب اسمين على الأقل
registry-refused-no-reason = اكتب السبب
registry-refused-old-password = كلمة السر الحالية غير صحيحة
registry-refused-weak-password = كلمة سر سهلة التخمين. اختر 10 حروف على الأقل، ليست اسم الدخول ولا أرقامًا متتابعة
registry-refused-no-department = لا توجد إدارة بهذا الرمز في الوحدة
registry-refused-department-open = الإدارة تعمل في الوحدة بالفعل
registry-refused-outside-body = الجهة الخارجية لا تُفتح فيها إدارات
registry-refused-no-window = لا يوجد شباك بهذا الرقم
registry-refused-window-number = اكتب رقمًا من 1 إلى 99 غير مستخدم في هذا المركز
registry-refused-name = اكتب الاسم، بحد أقصى 120 حرفًا
registry-refused-stop-day = اختر يومًا من اليوم حتى 180 يومًا
registry-refused-stop-place = اكتب المكان، بحد أقصى 120 حرفًا
registry-refused-stop-twice = للمركز مكان آخر في هذا الوقت. ألغِه أولًا أو غيّر الساعة
registry-refused-no-stop = لا وقفة قادمة بهذا الرقم
registry-refused-no-member = هذه العضوية غير سارية
registry-refused-hours-order = يجب أن تنتهي المواعيد بعد بدايتها بساعة على الأقل
registry-refused-hours-overlap = في بعض هذه الأيام مواعيد أخرى للوحدة. ألغِها أولًا
registry-refused-no-hours = لا توجد مواعيد بهذا الرقم يمكن إلغاؤها
registry-refused-holiday-known = هذا اليوم عطلة بالفعل
registry-refused-no-holiday = لا توجد عطلة خاصة بهذه الوحدة في هذا اليوم
registry-refused-holiday-far = التاريخ بعيد: لا يُقبل ما مضى عليه أكثر من شهر أو ما بعد سنتين
registry-refused-no-decision = اكتب رقم القرار
registry-refused-decision-date = تاريخ القرار لم يأت بعد
registry-refused-erased = مُحيت بيانات هذا الشخص
registry-refused-identity-taken = هذا الرقم مسجل لشخص آخر
