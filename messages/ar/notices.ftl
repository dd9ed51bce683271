# نصوص الإخطارات: الرسائل النصية والبريد، وصفحتا صندوق الصادر.
# رسالة المحمول في جزأين على الأكثر (67 حرفًا للجزء)، وليس فيها اسم ولا خدمة ولا سبب.

# --- رسائل المحمول
notices-sms-registered = قُيد طلبك { $number } وموعده { $date }. تابعه: { $link }
notices-sms-completion = طلبك { $number } ينقصه { $n ->
        [one] بند واحد
        [two] بندان
        [few] { $n } بنود
        [many] { $n } بندًا
       *[other] { $n } بند
    } حتى { $date }. التفاصيل: { $link }
notices-sms-visit = معاينة طلبك { $number } يوم { $date }{ $hour }. { $link }
notices-sms-visit-changed = تغيّر موعد معاينة طلبك { $number } إلى { $date }{ $hour }. { $link }
notices-sms-fees = رسوم طلبك { $number }: { $amount }. سددها في المركز. { $link }
notices-sms-approved = تمت الموافقة على طلبك { $number }، ونخبرك عند الإصدار. { $link }
notices-sms-approved-fees = تمت الموافقة على طلبك { $number }. سدد { $amount } في المركز. { $link }
notices-sms-refused = صدر قرار برفض طلبك { $number }. لك أن تتظلم منه. الأسباب: { $link }
notices-sms-issued = صدر مستند طلبك { $number }. تسلّمه من المركز ببطاقتك. { $link }
notices-sms-extended = تأخر طلبك { $number } وموعده الجديد { $date }. نعتذر لك. { $link }
notices-sms-redated = موعد طلبك { $number } الجديد { $date }. { $link }
notices-sms-withdrawn = سُحب طلبك { $number }. إن لم تطلب ذلك فراجع المركز. { $link }
notices-sms-voided = أُلغي قيد طلبك { $number }. راجع المركز لمعرفة السبب. { $link }
notices-sms-revoked = أُلغي مستندك { $paper } بقرار. لك أن تتظلم، فراجع المركز. { $link }
notices-sms-suspended = أُوقف العمل بمستندك { $paper } بقرار. راجع المركز. { $link }
notices-sms-restored = عاد العمل بمستندك { $paper }. { $link }
notices-sms-login-code = رمز الدخول إلى شُبّاك: { $code }. لا تعطه لأحد. صالح { $n ->
        [one] دقيقة واحدة
        [two] دقيقتين
        [few] { $n } دقائق
        [many] { $n } دقيقة
       *[other] { $n } دقيقة
    }.
notices-sms-appointment = تذكير بموعدك { $date }{ $hour } في { $place }. { $link }
notices-sms-licence-expiring = ينتهي مستندك { $paper } في { $date }. قدّم طلب تجديده قبل ذلك. { $link }

# --- عناوين الرسائل البريدية
notices-subject-registered = قُيد طلبك رقم { $number }
notices-subject-completion = طلبك رقم { $number } في انتظار استيفاء
notices-subject-visit = موعد معاينة طلبك رقم { $number }
notices-subject-visit-changed = تغيّر موعد معاينة طلبك رقم { $number }
notices-subject-fees = رسوم مستحقة على طلبك رقم { $number }
notices-subject-approved = تمت الموافقة على طلبك رقم { $number }
notices-subject-approved-fees = تمت الموافقة على طلبك رقم { $number } ويبقى سداد الرسوم
notices-subject-refused = قرار في طلبك رقم { $number }
notices-subject-issued = صدر مستند طلبك رقم { $number }
notices-subject-extended = موعد جديد لطلبك رقم { $number }
notices-subject-redated = موعد جديد لطلبك رقم { $number }
notices-subject-withdrawn = سُحب طلبك رقم { $number }
notices-subject-voided = أُلغي قيد طلبك رقم { $number }
notices-subject-revoked = أُلغي مستندك رقم { $paper }
notices-subject-suspended = أُوقف العمل بمستندك رقم { $paper }
notices-subject-restored = عاد العمل بمستندك رقم { $paper }
notices-subject-login-code = رمز الدخول إلى شُبّاك
notices-subject-appointment = تذكير بموعدك في المركز التكنولوجي
notices-subject-licence-expiring = مستندك رقم { $paper } يقترب من نهايته

# --- نصوص الرسائل البريدية
notices-mail-registered =
    قُيد طلبك رقم { $number } للحصول على خدمة «{ $service }» في { $unit }.

    الموعد المتوقع للانتهاء منه { $date }.
notices-mail-completion =
    طلبك رقم { $number } لخدمة «{ $service }» يحتاج إلى استيفاء ما يلي حتى { $date }:

    { $items }

    قدّم ما ينقص في المركز التكنولوجي. مدة الطلب متوقفة إلى أن تستوفيه.
notices-mail-visit =
    تجري معاينة طلبك رقم { $number } لخدمة «{ $service }» يوم { $date }{ $hour }.

    كن حاضرًا في الموقع، أو من ينوب عنك.
notices-mail-visit-changed =
    تغيّر موعد معاينة طلبك رقم { $number } لخدمة «{ $service }»، والموعد الجديد يوم { $date }{ $hour }.

    كن حاضرًا في الموقع، أو من ينوب عنك.
notices-mail-fees =
    الرسوم المستحقة على طلبك رقم { $number } لخدمة «{ $service }»: { $amount }.

    سددها في المركز التكنولوجي. مدة الطلب متوقفة إلى أن تسددها.
notices-mail-approved =
    تمت الموافقة على طلبك رقم { $number } لخدمة «{ $service }».

    نخبرك عندما يصدر المستند.
notices-mail-approved-fees =
    تمت الموافقة على طلبك رقم { $number } لخدمة «{ $service }».

    سدد الرسوم المستحقة ({ $amount }) في المركز التكنولوجي ليصدر المستند.
notices-mail-refused =
    صدر قرار برفض طلبك رقم { $number } لخدمة «{ $service }»، للأسباب التالية:

    { $items }

    لك أن تتظلم من القرار. يخبرك المركز التكنولوجي بالطريقة والموعد.
notices-mail-issued =
    صدر مستند طلبك رقم { $number } لخدمة «{ $service }».

    تسلّمه من المركز التكنولوجي في { $unit } ومعك بطاقة الرقم القومي.
notices-mail-extended =
    تأخر البت في طلبك رقم { $number } لخدمة «{ $service }»، وموعده الجديد { $date }.

    نعتذر لك عن التأخير.
notices-mail-redated = تغيّر موعد طلبك رقم { $number } لخدمة «{ $service }» لتعديل في أيام العمل، وموعده الجديد { $date }.
notices-mail-withdrawn =
    سُحب طلبك رقم { $number } لخدمة «{ $service }».

    إن لم تطلب ذلك فراجع المركز التكنولوجي.
notices-mail-voided =
    أُلغي قيد طلبك رقم { $number } لخدمة «{ $service }».

    راجع المركز التكنولوجي لمعرفة السبب.
notices-mail-revoked =
    أُلغي مستندك رقم { $paper } («{ $service }») بقرار مسبب.

    لك أن تتظلم من القرار. يخبرك المركز التكنولوجي بالأسباب والطريقة والموعد.
notices-mail-suspended =
    أُوقف العمل بمستندك رقم { $paper } («{ $service }») بقرار مسبب.

    راجع المركز التكنولوجي لمعرفة السبب وما يلزم.
notices-mail-restored = عاد العمل بمستندك رقم { $paper } («{ $service }»).
notices-mail-login-code =
    رمز الدخول إلى شُبّاك: { $code }

    الرمز صالح { $n ->
        [one] دقيقة واحدة
        [two] دقيقتين
        [few] { $n } دقائق
        [many] { $n } دقيقة
       *[other] { $n } دقيقة
    }. لا تعطه لأحد، ولا يطلبه منك أي موظف.
notices-mail-appointment = نذكّرك بموعدك { $date }{ $hour } في { $place }.
notices-mail-licence-expiring =
    ينتهي مستندك رقم { $paper } («{ $service }») في { $date }.

    قدّم طلب تجديده قبل ذلك.
notices-mail-link = تابع من هنا:
notices-mail-foot = هذه رسالة آلية من شُبّاك، منصة المراكز التكنولوجية لخدمة المواطنين. لا ترد عليها.
notices-reason-law = انقضاء المدة القانونية دون البت في الطلب
notices-hour = ، { $hour }

# --- صفحة صندوق الصادر
notices-nav = صندوق الصادر
notices-title = صندوق الصادر
notices-intro = ما يخرج من هذا الخادم: رسائل نصية وبريد ونداءات لأنظمة أخرى. لا يظهر هنا مستلم ولا نص.
notices-queues = القنوات
notices-channel = القناة
notices-channel-sms = رسائل نصية
notices-channel-email = بريد إلكتروني
notices-channel-webhook = نداءات لأنظمة أخرى
notices-state-waiting = في الانتظار
notices-state-sending = جارٍ الإرسال
notices-state-sent = أُرسلت
notices-state-delivered = وصلت
notices-state-failed = تعذر إرسالها
notices-state-expired = فات وقتها
notices-state-off = لم تُرسل: القناة مغلقة
notices-oldest = أقدم رسالة في الانتظار منذ
notices-none-waiting = لا شيء
notices-of-state = الرسائل:
notices-template = الرسالة
notices-template-registered = قيد طلب
notices-template-completion = استيفاء
notices-template-visit = معاينة
notices-template-visit-changed = تغيير معاينة
notices-template-fees = رسوم
notices-template-approved = موافقة
notices-template-approved-fees = موافقة ورسوم
notices-template-refused = رفض
notices-template-issued = صدور مستند
notices-template-extended = مد المدة
notices-template-redated = موعد جديد
notices-template-withdrawn = سحب طلب
notices-template-voided = إلغاء قيد
notices-template-revoked = إلغاء مستند
notices-template-suspended = إيقاف مستند
notices-template-restored = عودة مستند
notices-template-login-code = رمز دخول
notices-template-appointment = تذكير بموعد
notices-template-licence-expiring = قرب انتهاء مستند
notices-made = وُضعت في
notices-changed = آخر حركة
notices-attempts = المحاولات
notices-error = آخر خطأ
notices-urgent = عاجلة
notices-retry = أعد المحاولة
notices-retried = عادت الرسالة إلى الانتظار.
notices-not-retried = لم يعد إرسال هذه الرسالة ممكنًا: فات وقتها أو حُذف نصها أو أُرسلت.
notices-empty = لا رسائل في هذه الحالة
notices-empty-text = اختر حالة أخرى من الأعلى.
notices-last = آخر { $n ->
        [one] رسالة
        [two] رسالتين
        [few] { $n } رسائل
        [many] { $n } رسالة
       *[other] { $n } رسالة
    }

# --- صفحة العرض التجريبي
notices-demo-title = الرسائل التي خرجت
notices-demo-intro = لا تُرسل النسخة التجريبية شيئًا. هذه هي الرسائل كما كانت تصل إلى أصحابها، والأحدث أولًا.
notices-demo-phones = المحمول
notices-demo-letters = البريد
notices-demo-to = إلى
notices-demo-parts =
    { $n ->
        [one] جزء واحد
        [two] جزءان
        [few] { $n } أجزاء
        [many] { $n } جزءًا
       *[other] { $n } جزء
    }
notices-demo-gone = حُذف النص.
notices-demo-empty = لم تخرج رسائل بعد
notices-demo-empty-text = سجّل طلبًا من الشباك لشخص له رقم محمول أو بريد إلكتروني، ثم عد إلى هذه الصفحة.
