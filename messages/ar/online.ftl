# التقديم من البيت وحساب المواطن
online-apply = قدّم الآن
online-continue = تابع
online-service-page = صفحة الخدمة
online-service-ended = لم تعد هذه الخدمة متاحة
online-not-online = هذه الخدمة لا تُقدَّم عبر الإنترنت. تقدم في أقرب مركز تكنولوجي.
online-not-for-persons = هذه الخدمة لا يتقدم لها الأفراد. تقدم باسم الشركة أو الجهة من حساب يمثلها أو في المركز.
online-only-between = باب التقديم مفتوح من { $from } إلى { $to } فقط
online-begin-intro = خطوات قصيرة، وما تكتبه يُحفظ مع كل خطوة.
online-begin-saved = يمكنك التوقف والمتابعة لاحقًا من أي جهاز.
online-begin-papers = صوّر المستندات بالمحمول عند الحاجة.
online-begin-submit = ابدأ الطلب
online-waiting = لديك طلب لم يكتمل
online-saved-at = آخر حفظ { $at }
online-resume = أكمل
online-unit = المركز أو المدينة أو الحي
online-unit-hint = حيث يقع المكان الذي تطلب له الخدمة
online-unit-missing = اختر المركز أو المدينة أو الحي
online-gone = هذا الطلب لم يعد موجودًا: أُرسل أو أُلغي أو انتهت مدة حفظه (30 يومًا). ابدأ طلبًا جديدًا من صفحة الخدمة.
online-sent-already = أرسلت هذا الطلب من قبل. هذا موقفه الآن.
online-too-many = { $n ->
    [few] لديك { $n } طلبات لم تُرسل. أرسل أحدها أو ألغه أولًا.
   *[other] لديك { $n } طلبًا لم يُرسل. أرسل أحدها أو ألغه أولًا.
  }
online-elsewhere = حُفظ هذا الطلب من جهاز آخر قبل قليل. افتح الصفحة من جديد لترى آخر ما حُفظ.
online-elsewhere-title = حُفظ هذا الطلب من جهاز آخر.
online-elsewhere-text = المكتوب هنا لم يُحفظ بعد. المحفوظ من الجهاز الآخر:
online-task-form = بيانات الطلب
online-task-form-n = بيانات الطلب: صفحة { $n }
online-task-papers = المستندات
online-task-papers-about = { $n ->
    [zero] لا مستندات مطلوبة حتى الآن
    [one] مستند واحد مطلوب
    [two] مستندان مطلوبان
    [few] { $n } مستندات مطلوبة
   *[other] { $n } مستندًا مطلوبًا
  }
online-state-done = تم
online-state-open = لم يكتمل
online-state-new = لم يبدأ
online-changed = تغيرت الخدمة بعد أن بدأت. احتفظنا بما كتبته، وبقي أن تجيب عن:
online-again-here = تغير هذا السؤال بعد أن بدأت؛ أجب عنه من جديد:
online-kept-until = آخر حفظ { $at }. محفوظ حتى { $until }.
online-form-title = بيانات الطلب: صفحة { $n } من { $of }
online-point-hint = خط العرض ثم خط الطول، كما يظهران في خرائط المحمول
online-discard = ألغِ هذا الطلب
online-discard-effect = يُحذف كل ما كتبته وأرفقته في طلب «{ $service }» ولا يمكن استرجاعه. لم يُرسل الطلب إلى أحد.
online-discard-submit = احذف الطلب
online-discarded = حُذف الطلب
online-papers-intro = صوّر كل مستند صورة واضحة أو أرفق ملف PDF، حتى 20 ميجابايت للملف.
online-piece-wrong = تعذر إرسال الملف. اختره مرة أخرى.
online-piece-full = ملفات كثيرة لم يكتمل إرسالها. أكملها أولًا.
online-piece-sending = يُرسل الملف: # ٪
online-piece-done = أُرسل الملف
online-piece-cut = انقطع الإرسال. اختر الملف نفسه مرة أخرى لنكمل من حيث توقف.
online-piece-wait = انتظر حتى يكتمل إرسال الملف
online-papers-store = احفظ المرفقات
online-file-of = أرفق: { $paper }
online-file-there = مرفق
online-file-remove = احذف
online-picture = صورة
online-file-size = { $kind }، { $n } كيلوبايت
online-given = استخدم ما قدمته في الطلب { $number } يوم { $date }
online-given-gone = الملف السابق لم يعد متاحًا. أرفقه من جديد.
online-later = أقدّم باقي المستندات لاحقًا
online-later-hint = يُقيد الطلب بما أرفقت، ويُطلب منك الباقي قبل البت فيه
online-too-many-files = { $n ->
    [few] أقصى عدد { $n } ملفات للمستند الواحد
   *[other] أقصى عدد { $n } ملفًا للمستند الواحد
  }
online-paper-missing = أرفق «{ $paper }»، أو اختر تقديم الباقي لاحقًا
online-papers-open = أكمل المستندات أولًا
online-check = راجع طلبك وأرسله
online-who = مقدم الطلب
online-unanswered = لم يُجب عنه
online-missing-later = مستندات تقدمها لاحقًا:
online-fees-later = تُقدَّر لاحقًا:
online-fees-where = ادفع في شباك أي مركز تكنولوجي تابع للوحدة برقم الطلب.
online-promised = إن أرسلته الآن فآخر موعد للبت فيه
online-declare = أقر بأن البيانات والمستندات صحيحة، وأتحمل المسئولية القانونية عن غير ذلك
online-declare-missing = أقر بصحة البيانات قبل الإرسال
online-send = أرسل الطلب
online-not-ready = بقيت أسئلة أو مستندات لم تكتمل.
online-sent = قُيد طلبك
online-sent-pin = الرقم السري للاستعلام:
online-sent-next = نراجع بياناتك ومستنداتك ونخطرك بكل جديد. احتفظ بالرقم.
online-new = قدّم على خدمة
online-my-papers = مستنداتي
online-drafts = طلبات لم تُرسل
online-not-sent = لم يُرسل
online-dues = المطلوب سداده
online-requests = طلباتي
online-requests-none = لا طلبات بعد
online-requests-none-text = اختر خدمة من الدليل وقدّم عليها من هنا.
online-due = آخر موعد { $date }
online-todo-missing = { $n ->
    [one] مطلوب منك مستند أو بيان واحد
    [two] مطلوب منك أمران
    [few] مطلوب منك { $n } أمور
   *[other] مطلوب منك { $n } أمرًا
  }
online-papers-count = { $n ->
    [one] لك محرر واحد صادر
    [two] لك محرران صادران
    [few] لك { $n } محررات صادرة
   *[other] لك { $n } محررًا صادرًا
  }
online-issued = رخص وشهادات صدرت لك
online-issued-none = لم يصدر لك محرر بعد
online-issued-none-text = عند صدور رخصة أو شهادة تجدها هنا وتنزلها.
online-issued-on = صدر في
online-of-request = الطلب
online-download = نزّل
online-download-paper = نزّل المحرر
online-given-title = مستندات قدمتها
online-given-none = المستندات التي ترفقها مع طلباتك تظهر هنا، وتُعرض عليك لتستخدمها مرة أخرى.
online-paper-void = هذا المحرر ملغى أو موقوف أو حل محله غيره، فلا يُنزَّل.
online-slip = إيصال الاستلام
online-supply = قدّم النواقص
online-supply-submit = أرسل
online-supplied = وصل ما قدمته
online-supply-none = لا نواقص مطلوبة الآن
online-withdraw = اسحب الطلب
online-withdraw-reason = السبب
online-withdraw-effect = يتوقف العمل في طلب «{ $service }» ويُغلق. إن أردت الخدمة بعد ذلك تقدم بطلب جديد.
online-withdraw-submit = اسحب الطلب
online-withdrawn = سُحب الطلب
online-qr-title = رمز المتابعة
online-qr-text = من معه هذا الرمز يرى مراحل الطلب دون بياناتك.
online-track-page = صفحة المتابعة
online-views = من فتح ملفك
online-views-text = وظيفة من فتح الملف ومكانه ووقته
online-views-none = لم يفتح أحد ملف الطلب بعد
online-view-unknown = موظف
