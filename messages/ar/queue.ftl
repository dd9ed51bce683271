# نصوص الطابور والمواعيد: التذكرة، الشباك، شاشات الصالة، حجز المواعيد، إدارة الصالة.

# --- فئات الخدمة والأسبقية
queue-class = الخدمة المطلوبة
queue-class-new = تقديم طلب جديد
queue-class-supply = استكمال مستندات
queue-class-pay = سداد رسوم
queue-class-receive = استلام رخصة أو محرر
queue-class-ask = استعلام
queue-priority = الأسبقية
queue-priority-none = بلا أسبقية
queue-priority-none-me = لا، تذكرة عادية
queue-priority-elderly = سن 60 فأكثر
queue-priority-disabled = من ذوي الإعاقة
queue-priority-pregnant = حامل
queue-priority-appointment = موعد محجوز
queue-priority-wrong = اكتب عدد الدقائق من 0 إلى 120.

# --- الانتظار
queue-live-closed = مغلق الآن
queue-live-empty = لا أحد ينتظر الآن
queue-live = { $waiting }، و{ $minutes }
queue-live-waiting =
    { $n ->
        [zero] لا أحد ينتظر
        [one] ينتظر شخص واحد
        [two] ينتظر شخصان
        [few] ينتظر { $n } أشخاص
        [many] ينتظر { $n } شخصًا
       *[other] ينتظر { $n } شخص
    }
queue-live-minutes =
    { $n ->
        [zero] بلا انتظار
        [one] الانتظار نحو دقيقة
        [two] الانتظار نحو دقيقتين
        [few] الانتظار نحو { $n } دقائق
        [many] الانتظار نحو { $n } دقيقة
       *[other] الانتظار نحو { $n } دقيقة
    }
queue-live-at = حُسب الساعة { $time }
queue-live-title = الانتظار الآن
queue-minutes =
    { $n ->
        [zero] أقل من دقيقة
        [one] دقيقة
        [two] دقيقتان
        [few] { $n } دقائق
        [many] { $n } دقيقة
       *[other] { $n } دقيقة
    }
queue-minute-unit = دقيقة
queue-day-unit = يوم
queue-ahead =
    { $n ->
        [zero] دورك التالي
        [one] أمامك شخص واحد
        [two] أمامك شخصان
        [few] أمامك { $n } أشخاص
        [many] أمامك { $n } شخصًا
       *[other] أمامك { $n } شخص
    }

# --- التذكرة
queue-ticket = التذكرة
queue-your-number = رقم دورك
queue-ticket-qr = امسح الرمز لتتابع دورك من هاتفك
queue-ticket-pdf = التذكرة بصيغة PDF
queue-follow = تابع دورك
queue-go-to = توجّه الآن إلى شباك { $n }
queue-state-waiting = في الانتظار
queue-state-called = نُودي على رقمك
queue-state-serving = عند الشباك
queue-state-served = انتهت خدمتك
queue-state-missed = نُودي ولم يحضر
queue-state-cancelled = أُلغيت
queue-state-over = انتهى يومها
queue-cancel-title = لن تنتظر؟
queue-cancel-text = إذا ألغيت تذكرتك فلن يُنادى على رقمك.
queue-cancel = ألغِ تذكرتي
queue-cancelled = أُلغيت تذكرتك.

# --- شاشة التذاكر
queue-kiosk-title = شاشة التذاكر
queue-kiosk-what = ماذا تريد؟
queue-kiosk-priority = هل أنت من أصحاب الأسبقية؟
queue-kiosk-booked = لدي موعد
queue-kiosk-take = خذ تذكرتك
queue-kiosk-done = تم
queue-kiosk-closed = المركز مغلق الآن
queue-kiosk-closed-text = تصدر التذاكر في مواعيد العمل، أو حين يفتح أحد الشبابيك.
queue-kiosk-unknown = هذا الجهاز ليس شاشة تذاكر
queue-kiosk-unknown-text = اطلب تذكرتك من موظف الاستقبال. ليصبح هذا الجهاز شاشة تذاكر يدخل مدير المركز من هذه الصفحة ويسجله.
queue-kiosk-enrol = سجّل هذا الجهاز
queue-kiosk-enrol-text = يصبح هذا الجهاز شاشة تذاكر لهذا المركز، ثم تخرج من حسابك تلقائيًا.
queue-kiosk-name = اسم الجهاز
queue-kiosk-name-hint = مثل: شاشة المدخل
queue-kiosk-name-missing = اكتب اسم الجهاز.
queue-kiosk-withdraw = ألغِ تسجيله
queue-kiosk-withdrawn = أُلغي تسجيل الجهاز.
queue-kiosks-title = شاشات التذاكر
queue-kiosks-text = افتح صفحة شاشة التذاكر من الجهاز نفسه وسجّله منها.
queue-kiosks-none = لم تُسجل شاشة بعد.

# --- شاشات الصالة
queue-hall-title = شاشة الصالة
queue-hall-none = لم يُنادَ على أحد بعد
queue-hall-call = الرقم { $number }، شباك { $n }

# --- الشباك
queue-nav = الطابور
queue-title = طابور الشباك
queue-sit-first = اختر شباكك أولًا لتنادي على المنتظرين.
queue-window-free = لا أحد عند الشباك
queue-calls =
    { $n ->
        [one] نُودي مرة
        [two] نُودي مرتين
       *[other] نُودي { $n } مرات
    }
queue-waited = انتظر { $time }
queue-next = التالي
queue-longest = أطول انتظار { $time }
queue-do-next = نادِ التالي
queue-do-call = نادِ التالي
queue-do-recall = نادِ مرة أخرى
queue-do-miss-call = لم يحضر، نادِ التالي
queue-do-end-call = أنهِ الخدمة ونادِ التالي
queue-do-end = أنهِ الخدمة
queue-do-begin = حضر، ابدأ الخدمة
queue-do-intake = حضر، قيد طلب جديد
queue-do-again = نادِ ثانية
queue-do-miss = لم يحضر
queue-do-open = افتح الشباك
queue-do-close = أغلق الشباك
queue-called = نُودي على { $number } إلى شباك { $n }.
queue-list = المنتظرون بترتيب الدور
queue-wait = الانتظار
queue-none = لا أحد في الطابور
queue-none-text = تظهر هنا التذاكر حين تصدر من شاشة التذاكر أو من هذه الصفحة.
queue-pick-title = نداء خارج الدور
queue-pick-text = الترتيب عادل ومحسوب. من ينادي خارجه يسجل سببًا يراه مدير المركز.
queue-pick-reason = السبب
queue-pick-reason-hint = مثل: عاد بعد أن نُودي عليه
queue-pick-missing = اختر التذكرة.
queue-pick = نادِ هذه التذكرة
queue-move-title = حوّل التذكرة
queue-move-to = إلى
queue-move-reason = السبب
queue-move = حوّل
queue-give-title = أصدر تذكرة
queue-give = أصدر التذكرة
queue-booking-number = رقم الموعد
queue-booking-number-hint = ستة أرقام وصلتك عند الحجز
queue-booking-number-desk = لمن حضر في موعد محجوز، وإلا فاتركه فارغًا
queue-booking-unknown = لا يوجد موعد بهذا الرقم اليوم في هذا المركز.
queue-bookings-today = مواعيد اليوم
queue-bookings-none = لا مواعيد.
queue-bookings-coming = مواعيد اليوم وغدًا

# --- حجز موعد
queue-book-title = احجز موعدًا
queue-book-service = الخدمة
queue-book-service-unknown = اختر خدمة من القائمة.
queue-book-day = اختر اليوم
queue-book-hour = الساعة
queue-book-hour-missing = اختر الساعة.
queue-book-day-gone = لا مواعيد متاحة في هذا اليوم. اختر يومًا آخر.
queue-book-no-days = لا مواعيد متاحة الآن
queue-book-no-days-text = تُتاح أيام جديدة كل يوم. يمكنك الحضور وأخذ تذكرة دون موعد.
queue-book-full = محجوز كله
queue-book-near = أقرب المواعيد المتاحة:
queue-book-mobile = رقم المحمول
queue-book-mobile-hint = لتذكيرك قبل الموعد
queue-book-mobile-wrong = اكتب رقم محمول مصريًا من 11 رقمًا.
queue-book-privacy = يُحفظ رقمك مشفرًا ويُمحى بعد الموعد بمدة.
queue-book-send = احجز الموعد
queue-book-closed-text = يمكنك الحضور في مواعيد العمل وأخذ تذكرة.
queue-book-when = الموعد
queue-book-centre = المكان
queue-free =
    { $n ->
        [zero] لا أماكن
        [one] مكان واحد
        [two] مكانان
        [few] { $n } أماكن
        [many] { $n } مكانًا
       *[other] { $n } مكان
    }
queue-when = { $day } الساعة { $time }
queue-booking-title = موعدك
queue-booking-new = حُجز موعدك. احتفظ بهذه الصفحة أو اطبعها.
queue-booking-keep = اذكر هذا الرقم عند شاشة التذاكر أو لموظف الاستقبال.
queue-booking-qr = امسح الرمز لتعود إلى موعدك
queue-booking-come = احضر قبل موعدك بربع ساعة على الأكثر وخذ تذكرتك. بعد ربع ساعة من الموعد تسقط أسبقيته.
queue-booking-bring = المستندات المطلوبة
queue-booking-booked = محجوز
queue-booking-arrived = حضر
queue-booking-missed = لم يحضر
queue-booking-cancelled = ملغى
queue-booking-cancel = ألغِ الموعد
queue-booking-cancel-effect = يُلغى موعد { $when } ويصبح مكانه متاحًا لغيرك.
queue-booking-given-up = أُلغي موعدك.
queue-booking-move = غيّر الموعد
queue-booking-moved = تغيّر موعدك. رقم الموعد الجديد أدناه.
queue-booking-now = موعدك الحالي: { $when }
queue-booking-again = احجز موعدًا آخر

# --- إدارة الصالة
queue-admin-nav = الصالة الآن
queue-admin-none = لا مراكز تتابعها
queue-admin-none-text = اطلب من مشرف النظام إسناد مركز إليك.
queue-open = مفتوح
queue-now-waiting = ينتظرون الآن
queue-now-longest = أطول انتظار
queue-now-windows = شبابيك تنادي
queue-now-served = خُدموا اليوم
queue-now-wait = متوسط الانتظار
queue-now-serve = متوسط الخدمة
queue-now-missed = لم يحضروا
queue-now-given-up = ألغوا
queue-now-picked = خارج الدور
queue-by-hour = اليوم بالساعة
queue-hour = من الساعة
queue-hour-taken = تذاكر
queue-priorities-title = دقائق الأسبقية
queue-priorities-text = كم دقيقة يتقدم صاحب الأسبقية على وقت حضوره. لا يتقدم على من انتظر أطول منها، فلا ينتظر أحد بلا نهاية.
queue-priorities-set = حُفظت الأسبقية.
queue-appointments-title = المواعيد
queue-appointments-text = تُحسب المواعيد من مواعيد عمل الشبابيك، ولا مواعيد في العطلات.
queue-appointments-open = المركز يستقبل حجز المواعيد
queue-appointments-length = مدة الموعد
queue-appointments-capacity = عدد الأماكن في الموعد الواحد
queue-appointments-capacity-hint = لكل الخدمات التي لم تُحدد لها أماكن أدناه
queue-appointments-ahead = الحجز مقدمًا حتى
queue-appointments-lines = أماكن خاصة بخدمة
queue-appointments-lines-hint = في كل سطر كود الخدمة وعدد أماكنها، مثل: BLD-02 1
queue-appointments-lines-wrong = السطر «{ $line }» غير مفهوم. اكتب كود خدمة وعدد أماكنها.
queue-appointments-set = حُفظ إعداد المواعيد.
queue-number-wrong = اكتب عددًا صحيحًا.

# --- أسباب الرفض
queue-conflict = غيّر غيرك هذا الإعداد بعد أن فتحت الصفحة. أعد فتحها لترى ما تغير.
queue-refused-state = تغيرت حالة التذكرة. افتح الصفحة من جديد.
queue-refused-reason = اكتب سبب النداء خارج الدور.
queue-refused-nobody = لا أحد ينتظر لهذا الشباك الآن.
queue-refused-busy = أنهِ التذكرة التي عند شباكك أولًا.
queue-refused-closed = المركز مغلق الآن.
queue-refused-kiosk = هذا الجهاز ليس شاشة تذاكر لهذا المركز.
queue-refused-class = اختر الخدمة المطلوبة.
queue-refused-full = حُجز هذا الموعد قبلك بلحظات. اختر موعدًا آخر.
queue-refused-slot = هذا الموعد غير متاح. اختر موعدًا من القائمة.
queue-refused-bookings = هذا المركز لا يستقبل حجز المواعيد الآن
queue-refused-once = لهذا الرقم موعد قائم لهذه الخدمة في هذا المركز.
queue-refused-many = لهذا الرقم ثلاثة مواعيد قائمة. ألغِ أحدها لتحجز غيره.
queue-refused-blocked = فاتت على هذا الرقم ثلاثة مواعيد. يمكنه الحجز من { $day }، ويمكنك الحضور دون موعد.
queue-refused-over = انتهى هذا الموعد أو أُلغي. يمكنك أخذ تذكرة دون موعد.
queue-refused-early = جئت مبكرًا. تُصدر تذكرة الموعد قبله بربع ساعة.
queue-refused-range = القيمة خارج الحدود المسموح بها.
