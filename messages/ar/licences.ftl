# السجل العام والتجديد ووقف الترخيص والخريطة.

map-open = اعرض الخريطة
map-loading = تُحمّل الخريطة…
map-help-show = اضغط على موضع لتقرأ بياناته. القائمة أدناه تعرض الأماكن نفسها.
map-help-point = اضغط على المكان، أو حرك الخريطة بالأسهم ثم ضع العلامة في وسطها.
map-help-polygon = اضغط على كل ركن بالترتيب، أو حرك الخريطة بالأسهم وأضف الركن من وسطها.
map-failed-show = لا يعرض هذا الجهاز الخريطة. القائمة أدناه تعرض الأماكن نفسها.
map-failed-point = لا يعرض هذا الجهاز الخريطة. اكتب خط العرض وخط الطول.
map-failed-polygon = لا يعرض هذا الجهاز الخريطة. اكتب أركان المساحة سطرًا سطرًا.
map-middle-point = ضع العلامة في وسط الخريطة
map-middle-polygon = أضف ركنًا في وسط الخريطة
map-middle-show = وسط الخريطة
map-undo = احذف آخر ركن
map-clear = امسح
map-source = حدود المحافظات: © المساهمون في OpenStreetMap
map-in = قرّب
map-out = بعّد

licences-nav-renewals = التجديد
licences-nav-freezes = وقف الترخيص

licences-register = السجل العام للتراخيص
licences-register-of = تراخيص { $unit }
licences-register-intro = ابحث برقم الترخيص أو بالشارع والمكان. يعرض السجل ما صدر من تراخيص عبر المنظومة وموقفها الآن.
licences-q = رقم الترخيص أو المكان
licences-q-hint = مثل: شارع شبرا
licences-more = بحث أدق
licences-kind = المجال
licences-activity = نشاط المحل
licences-activity-hint = مثل: مطعم
licences-activity-unknown = لا يوجد نشاط بهذا الاسم. اكتب اسم النشاط أو كوده.
licences-year = سنة الإصدار
licences-year-hint = مثل: { $year }
licences-year-wrong = اكتب سنة من { $from } إلى { $to }.
licences-standing = الموقف
licences-standing-valid = سارٍ
licences-standing-expired = انتهت مدته
licences-standing-suspended = موقوف
licences-standing-revoked = ملغى
licences-standing-superseded = حل محله غيره
licences-none = لا توجد تراخيص بهذه البيانات
licences-none-text = قلل شروط البحث، أو ابحث بجزء من اسم الشارع. التراخيص الورقية القديمة ليست في السجل.
licences-list = التراخيص
licences-col-number = رقم الترخيص
licences-col-kind = النوع
licences-col-activity = النشاط
licences-col-place = المكان
licences-col-unit = الوحدة
licences-col-issued = صدر في
licences-col-expires = ينتهي في
licences-col-standing = الموقف
licences-col-replaced-by = حل محله رقم
licences-col-do = الإجراء
licences-no-end = دون مدة محددة
licences-replaced-by = حل محله رقم
licences-export = نزّل القائمة (CSV)
licences-no-names = لا يعرض السجل أسماء أصحاب التراخيص ولا أرقامهم.
licences-verify = تحقق من ترخيص تراه أمامك

licences-renewals = تراخيص يحل تجديدها
licences-show = اعرض
licences-month = شهر الانتهاء
licences-month-hint = اتركه فارغًا لما ينتهي خلال ستين يومًا أو انتهى من قريب
licences-renewals-none = لا تراخيص تنتهي في هذه المدة
licences-renewals-none-text = اختر شهرًا آخر أو خدمة أخرى.
licences-ends-in =
    { $n ->
        [0] ينتهي اليوم
        [one] باق يوم واحد
        [two] باق يومان
        [few] باق { $n } أيام
       *[other] باق { $n } يومًا
    }
licences-ended-ago =
    { $n ->
        [one] انتهى منذ يوم
        [two] انتهى منذ يومين
        [few] انتهى منذ { $n } أيام
       *[other] انتهى منذ { $n } يومًا
    }
licences-renew = قيّد طلب التجديد
licences-renew-anew = يُقدم طلب جديد بالخدمة نفسها
licences-under-way = يُنظر طلب رقم

licences-issue-of = الإصدار { $n }: { $service }
licences-from-to = من { $from } إلى { $to }
licences-from = من { $from }
licences-chain = سلسلة الترخيص
licences-this = هذا الترخيص
licences-children = طلبات بشأن هذا الترخيص
licences-about-renew = تجديد للترخيص رقم { $number }
licences-about-amend = تعديل للترخيص رقم { $number }
licences-about-transfer = نقل للترخيص رقم { $number }
licences-about-duplicate = بدل فاقد أو تالف للترخيص رقم { $number }
licences-about-suspend = إيقاف الترخيص رقم { $number }
licences-about-cancel = إلغاء الترخيص رقم { $number }
licences-about-refer = بشأن الترخيص رقم { $number }
licences-printed-renew = تجديد للترخيص رقم { $number }، الإصدار { $n }.
licences-printed-amend = تعديل للترخيص رقم { $number } ويحل محله، الإصدار { $n }.
licences-printed-transfer = نقل للترخيص رقم { $number } ويحل محله، الإصدار { $n }.
licences-printed-duplicate = صورة طبق بدل فاقد أو تالف للترخيص رقم { $number }، الإصدار { $n }.
licences-superseded-by = حل محله المحرر رقم
licences-suspended-until = موقوف حتى
licences-suspension-over = انتهت مدة الإيقاف في { $date }
licences-by-paper = بناء على طلب صاحبه، بالمحرر رقم { $number }
licences-until = آخر يوم في الإيقاف
licences-until-hint = اتركه فارغًا إذا كان الإيقاف لحين صدور قرار آخر

licences-offered = عُرضت بيانات الترخيص رقم { $number } في الحقول الفارغة. راجعها مع صاحبها.
licences-changed = تغير «{ $field }» عما في الترخيص: كان «{ $before }».
licences-old-number = رقم ترخيص ورقي قديم: لا يتغير موقفه في المنظومة عند الإصدار.
licences-parent-found = { $about }. ينتهي في { $expires }.
licences-parent-found-no-end = { $about }. دون مدة محددة.

licences-freezes = وقف الترخيص
licences-freezes-intro = قرارات مؤرخة توقف الترخيص في مكان مدة لا تزيد على ستة أشهر. تظهر في صفحة الخدمة وعند قيد الطلب.
licences-freezes-none = لا قرارات وقف
licences-freezes-none-text = أدخل القرار فور صدوره حتى لا تُقيد طلبات في المكان الموقوف.
licences-freeze-new = أدخل قرار وقف
licences-freeze-order = أوقف الترخيص
licences-freeze-done = أُدخل قرار الوقف رقم { $number }.
licences-freeze-from = أول يوم في الوقف
licences-freeze-to = آخر يوم في الوقف
licences-freeze-to-hint = ستة أشهر على الأكثر (المادة 15 من قانون البناء)
licences-freeze-unit = الوحدة، بما تحتها
licences-freeze-groups = التراخيص الجديدة في
licences-freeze-groups-hint = التجديد والتعديل والنقل لا تتوقف
licences-freeze-services = أو أكواد خدمات بعينها
licences-freeze-services-hint = مثل: BLD-02 BLD-03
licences-freeze-treatment = الطلبات أثناء الوقف
licences-freeze-refuse = لا تُقيد
licences-freeze-tell = تُقيد ويُخطر مقدمها بالوقف
licences-freeze-reason = سبب القرار
licences-freeze-place = المكان بالكلمات
licences-freeze-place-hint = مثل: شارع الجمهورية من الميدان إلى المحطة
licences-freeze-area = أركان المساحة
licences-freeze-area-hint = ركن في كل سطر: خط العرض ثم خط الطول، مثل 30.0444, 31.2357. أو الصق GeoJSON. اتركه فارغًا إذا شمل الوقف الوحدة كلها
licences-freeze-group = تراخيص { $name } الجديدة
licences-freeze-holds = سارٍ الآن
licences-freeze-coming = لم يبدأ
licences-freeze-past = انتهى
licences-freeze-lifted-by = رُفع بالقرار رقم { $number } في { $date }
licences-freeze-lift = ارفع الوقف
licences-freeze-lift-title = رفع الوقف الصادر بالقرار رقم { $number }
licences-freeze-lift-effect = تُقيد من الآن طلبات { $what } في { $unit }.
licences-freeze-lifted = رُفع الوقف الصادر بالقرار رقم { $number }.
licences-freeze-no-unit = اختر وحدة.
licences-freeze-no-decision = اكتب رقم القرار.
licences-freeze-decision-date = تاريخ القرار لا يأتي بعد اليوم.
licences-freeze-days-order = آخر يوم في الوقف يأتي بعد أوله.
licences-freeze-too-long = لا يزيد الوقف على ستة أشهر. لمدة أطول يصدر قرار آخر.
licences-freeze-before-decision = لا يبدأ الوقف قبل صدور قراره.
licences-freeze-no-services = اختر مجالًا واحدًا على الأقل أو اكتب كود خدمة.
licences-freeze-service-unknown = لا توجد خدمة كودها { $code }.
licences-freeze-no-reason = اكتب سبب القرار.
licences-freeze-over = رُفع هذا الوقف أو انتهى من قبل.
licences-frozen = الترخيص موقوف بالقرار رقم { $decision } بتاريخ { $dated } من { $from } إلى { $to } في { $place }.
licences-frozen-tell = الطلبات تُقيد، ولا تصدر التراخيص قبل انتهاء الوقف.
licences-frozen-refuse = لا تُقيد الطلبات قبل انتهاء الوقف.
licences-frozen-area = الوقف في مساحة محددة من { $place }، ويُعرف الأمر من موقع الطلب على الخريطة.

licences-area-unreadable = السطر { $n } ليس خط عرض وخط طول، مثل 30.0444, 31.2357.
licences-area-few = المساحة ثلاثة أركان على الأقل.
licences-area-many = المساحة { $most } ركن على الأكثر. بسّط الحدود.
licences-area-outside = الركن { $n } خارج جمهورية مصر العربية. تأكد أن خط العرض مكتوب أولًا.
licences-area-twice = الركن { $n } مكرر.
licences-area-crossing = ضلعان من المساحة يتقاطعان، بعد الركن { $one } وبعد الركن { $other }. رتب الأركان كما تمشي على الحدود.
licences-area-open = حدود GeoJSON غير مغلقة: النقطة الأخيرة هي الأولى نفسها.
licences-area-flat = الأركان على خط واحد، فلا مساحة بينها.

desk-standing-superseded = حل محله غيره
desk-mark-paper-superseded = حل محرر آخر محله
desk-mark-expiry-reminded = ذُكّر صاحبه بقرب الانتهاء
public-standing-superseded = حل محله غيره
public-verdict-superseded = حل محله محرر أحدث
public-verdict-superseded-text = صدر فعلًا ثم حل محله محرر آخر. اطلب من صاحبه المحرر الأحدث.
counter-standing-superseded = حل محله غيره
