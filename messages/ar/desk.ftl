# مكاتب الإدارات: الوارد والملف والمعاينات والجلسات والاعتماد وما يطرأ على المحررات.

# --- التنقل
desk-nav-inbox = الوارد
desk-nav-approvals = للاعتماد
desk-nav-visits = معايناتي
desk-nav-sittings = الجلسات

# --- الوارد
desk-inbox-title = الوارد
desk-inbox-caption = الطلبات بترتيب المدة الباقية
desk-tab-all = الكل
desk-tab-late = متأخر
desk-tab-today = موعده اليوم
desk-tab-week = خلال أسبوع
desk-tab-mine = استلمته أنا
desk-tab-asked = أسئلة إلينا
desk-tab-halted = مدته موقوفة
desk-filter-desk = الإدارة
desk-filter-service = الخدمة
desk-filter-kind = المرحلة
desk-filter-any = الكل
desk-filter-go = اعرض
desk-filter-clear = ألغِ التصفية
desk-all = كل ما لديك
desk-all-of = كل الإدارات، { $unit }
desk-col-number = رقم الطلب
desk-col-service = الخدمة
desk-col-step = المرحلة
desk-col-due = الموعد
desk-col-state = الموقف
desk-col-holder = الجهة
desk-col-from = من
desk-col-to = إلى
desk-col-worked = أيام العمل
desk-col-paused = أيام التوقف
desk-col-line = البند
desk-col-rule = القاعدة
desk-col-amount = المبلغ
desk-col-do = الإجراء
desk-state-mine = معك
desk-state-other = مع زميل
desk-state-free = لم يُستلم
desk-question = سؤال من إدارة أخرى
desk-question-at = سؤال: { $step }
desk-visit-on = المعاينة يوم { $date }
desk-empty-no-desk = لا توجد إدارة مسندة إليك
desk-empty-no-desk-text = اطلب من مشرف النظام في وحدتك أن يسند إليك إدارة.
desk-empty-filter = لا توجد طلبات بهذه التصفية
desk-empty-filter-text = ألغِ التصفية لترى باقي الطلبات.
desk-empty-all = لا توجد طلبات على مكتبك
desk-empty-late = لا يوجد طلب متأخر
desk-empty-today = لا يوجد طلب موعده اليوم
desk-empty-week = لا يوجد طلب موعده خلال أسبوع
desk-empty-mine = لم تستلم طلبًا بعد
desk-empty-asked = لا توجد أسئلة من إدارات أخرى
desk-empty-halted = لا توجد طلبات موقوفة المدة
desk-empty-text = يظهر الطلب هنا فور وصوله إلى إدارتك.

# --- الملف
desk-papers-title = أوراق الملف
desk-papers-none = لا توجد أوراق في هذا الملف.
desk-paper-presented = مقدم
desk-paper-pending = لم يُقدم بعد
desk-paper-until = يُقدم حتى { $date }
desk-paper-closed = مستند شخصي، يفتحه مراجع المستندات الشخصية فقط.
desk-paper-attached = مرفقات
desk-paper-others = مرفقات أخرى
desk-scan-image = صورة { $n }، { $size } كيلوبايت
desk-scan-pdf = ملف PDF { $n }، { $size } كيلوبايت
desk-photo-n = صورة { $n }
desk-answers-title = بيانات الطلب
desk-masked = محجوب
desk-masked-why = البيانات الشخصية محجوبة حتى صدور القرار.
desk-applicant = مقدم الطلب
desk-erased = مُحيت بياناته
desk-case = حالة رقم { $number }
desk-unit = الوحدة المختصة
desk-received = تاريخ القيد
desk-total-due = الموعد النهائي للطلب
desk-until = حتى { $date }
desk-points = { $n } نقطة
desk-files-count =
    { $n ->
        [zero] لا ملفات
        [one] ملف واحد
        [two] ملفان
        [few] { $n } ملفات
       *[other] { $n } ملفًا
    }
desk-report-heading = المعاينة
desk-opinions-title = آراء الإدارات والجهات
desk-points-hold =
    { $n ->
        [one] بند واحد مستوفى
        [two] بندان مستوفيان
        [few] { $n } بنود مستوفاة
       *[other] { $n } بندًا مستوفى
    }
desk-answer-to = رد على سؤال: { $question }
desk-opinion-favourable = موافق
desk-opinion-conditional = موافق بشروط
desk-opinion-unfavourable = غير موافق
desk-approval-favourable = اعتماد
desk-approval-conditional = اعتماد بشروط
desk-outcome-accepted = أُنجزت
desk-outcome-refused = رُفض
desk-outcome-sent-back = أُعيد لمرحلة سابقة
desk-outcome-assessed = قُدّرت الرسوم
desk-sitting-of = جلسة رقم { $number } بتاريخ { $date }
desk-decision-of = قرار رقم { $number } بتاريخ { $date }
desk-completions-title = الاستيفاءات
desk-asked-on = طُلب في { $date }، والمهلة حتى { $until }
desk-asked-open = في انتظار مقدم الطلب
desk-asked-closed = انتهى
desk-came = قُدم
desk-missing = لم يُقدم
desk-charges-title = الرسوم المقررة
desk-reckoning-title = الرسوم كما تُحسب اليوم
desk-total = الإجمالي
desk-issued-title = المحررات الصادرة
desk-issued-line = صدر في { $on }، وينتهي: { $until }
desk-issued-open = افتح المحرر
desk-issued-rule = إيقاف أو إلغاء
desk-no-end = بلا مدة محددة
desk-standing-valid = سارٍ
desk-standing-suspended = موقوف
desk-standing-revoked = ملغى
desk-notes-title = الملاحظات
desk-journey-title = مسار الطلب
desk-held-title = مدة بقاء الملف عند كل جهة
desk-history-title = سجل ما تم
desk-still-there = ما زال لديها
desk-work-title = الإجراءات
desk-changed-title = ما استجد بعد أن فتحت الصفحة
desk-status-in-progress = قيد العمل
desk-status-waiting-completion = في انتظار الاستيفاء
desk-status-waiting-payment = في انتظار السداد
desk-status-issued = صدر
desk-status-closed = سُلّم
desk-status-refused = مرفوض
desk-status-withdrawn = مسحوب
desk-status-voided = ملغى القيد
desk-next = التالي
desk-halted-since = { $why } بدأ التوقف في { $date }.
desk-halted-completion = المدة موقوفة في انتظار الاستيفاء من مقدم الطلب.
desk-halted-payment = المدة موقوفة في انتظار السداد.
desk-halted-consult = المدة موقوفة في انتظار رد إدارة أخرى.
desk-taken-mine = هذه المرحلة معك.
desk-taken-other = استلم زميل هذه المرحلة.
desk-advice-over = انتهى هذا الطلب، ولا إجراء عليه.
desk-advice-pay = في انتظار السداد في المركز التكنولوجي.
desk-advice-handover = المحرر جاهز، ويُسلّم في المركز التكنولوجي.
desk-advice-elsewhere = الملف الآن عند جهة أخرى. تابع مساره أدناه.
desk-advice-role = هذه المرحلة ليست من اختصاصك.

# --- من فعل ماذا
desk-mark-at = { $what }: { $step }
desk-mark-registered = قُيد الطلب
desk-mark-step-accepted = أُنجزت المرحلة
desk-mark-completion-asked = طُلب استيفاء
desk-mark-completion-answered = قُدم الاستيفاء
desk-mark-consult-asked = سُئلت إدارة أخرى
desk-mark-consult-answered = ردت الإدارة المسؤولة
desk-mark-consult-recalled = عُدل عن السؤال
desk-mark-extended = مُدت المدة
desk-mark-limit-passed = انقضت مدة قانونية
desk-mark-redated = أُعيد حساب المواعيد
desk-mark-visit-scheduled = حُدد موعد معاينة
desk-mark-visit-reported = قُدم تقرير المعاينة
desk-mark-sitting-held = انعقدت جلسة اللجنة
desk-mark-fees-assessed = قُدّرت الرسوم
desk-mark-payment-collected = سُددت الرسوم
desk-mark-rework-asked = أُعيد لمرحلة سابقة
desk-mark-refused = رُفض الطلب
desk-mark-withdrawn = سُحب الطلب
desk-mark-voided = أُلغي القيد
desk-mark-issued = صدر المحرر
desk-mark-handed-over = سُلّم
desk-mark-paper-revoked = أُلغي المحرر
desk-mark-paper-suspended = أُوقف المحرر
desk-mark-paper-restored = أُعيد العمل بالمحرر
desk-mark-file-attached = أُرفقت ملفات
desk-mark-office-filled = استُكملت بيانات الجهة
desk-mark-note-added = أُضيفت ملاحظة
desk-mark-taken = استُلمت المرحلة
desk-mark-reassigned = أُعيد توزيع المرحلة
desk-by-law = بقوة القانون
desk-by-machine = النظام
desk-by-applicant = مقدم الطلب
desk-by-window = موظف الشباك، { $unit }
desk-by-cashier = المحصل
desk-by-head = رئيس الوحدة، { $unit }
desk-by-asked = موظف الإدارة المسؤولة
desk-by-inspector = المعاين، { $place }
desk-by-secretary = أمين اللجنة، { $place }
desk-by-officer = موظف { $place }

# --- الإجراءات
desk-do-take = استلام
desk-why-take = يظهر لزملائك أنك تعمل على هذا الملف، ولا ينجزه غيرك.
desk-button-take = استلم
desk-done-take = استلمت الطلب { $number }.
desk-do-accept = إبداء الرأي وإنجاز المرحلة
desk-why-accept = راجع البنود، ثم سجّل رأيك. ينتقل الملف بعدها إلى المرحلة التالية.
desk-button-accept = سجّل وأنجز
desk-done-accept = أُنجزت المرحلة في الطلب { $number }.
desk-do-assess = تقدير الرسوم
desk-why-assess = راجع كل بند والقاعدة التي حُسب بها، ثم اعتمد التقدير.
desk-button-assess = اعتمد التقدير
desk-done-assess = قُدّرت رسوم الطلب { $number }.
desk-reckon = احسب
desk-do-issue = إصدار المحرر
desk-why-issue = افتح المعاينة وراجع البيانات. بعد الإصدار يأخذ المحرر رقمًا ولا يُعدّل.
desk-button-issue = أصدر المحرر
desk-done-issue = صدر محرر الطلب { $number }.
desk-do-answer = الرد على السؤال
desk-why-answer = يصل ردك إلى الإدارة السائلة فورًا.
desk-button-answer = أرسل الرد
desk-done-answer = أُرسل الرد في الطلب { $number }.
desk-do-schedule = تحديد موعد المعاينة
desk-why-schedule = اختر يوم عمل ومعاينًا. يظهر اسم صاحب الطلب للمعاين يوم المعاينة فقط.
desk-button-schedule = حدد الموعد
desk-done-schedule = حُدد موعد معاينة الطلب { $number }.
desk-do-completion = طلب استيفاء
desk-why-completion = تتوقف المدة حتى يقدم صاحب الطلب ما ينقصه. اذكر النواقص كلها مرة واحدة.
desk-button-completion = اطلب الاستيفاء
desk-done-completion = طُلب الاستيفاء في الطلب { $number }، وتوقفت المدة.
desk-do-consult = سؤال إدارة أخرى
desk-why-consult = يظهر السؤال في وارد الإدارة المسؤولة، ويُحفظ ردها في الملف.
desk-button-consult = أرسل السؤال
desk-done-consult = أُرسل السؤال بشأن الطلب { $number }.
desk-do-recall = العدول عن السؤال
desk-why-recall = تكمل عملك دون انتظار الرد.
desk-button-recall = اعدل عن السؤال
desk-done-recall = عُدل عن السؤال في الطلب { $number }.
desk-do-rework = إعادة إلى مرحلة سابقة
desk-why-rework = يعود الملف إلى المرحلة التي تختارها، ثم يرجع إليك.
desk-button-rework = أعد الملف
desk-done-rework = أُعيد الطلب { $number } إلى مرحلة سابقة.
desk-do-refuse = رفض الطلب
desk-why-refuse = الرفض ينهي الطلب. يُخطر صاحبه بالأسباب كما تكتبها.
desk-button-refuse = ارفض الطلب
desk-done-refuse = رُفض الطلب { $number }.
desk-do-extend = مد المدة
desk-why-extend = المد بقرار مكتوب ومسبب، ويظهر لصاحب الطلب.
desk-button-extend = مد المدة
desk-done-extend = مُدت مدة الطلب { $number }.
desk-do-reassign = إعادة التوزيع
desk-why-reassign = تُسند المرحلة إلى زميل، أو تعود إلى الإدارة.
desk-button-reassign = أعد التوزيع
desk-done-reassign = أُعيد توزيع الطلب { $number }.
desk-do-note = إضافة ملاحظة
desk-why-note = يقرؤها كل من يعمل على الملف. لا تكتب فيها أسماء.
desk-button-note = أضف الملاحظة
desk-done-note = أُضيفت الملاحظة إلى الطلب { $number }.
desk-do-attach = إرفاق ملفات
desk-why-attach = أرفق رسومات أو صورًا تخص العمل، لا مستندات شخصية.
desk-button-attach = أرفق
desk-done-attach = أُرفقت الملفات بالطلب { $number }.
desk-to-department = يعود إلى الإدارة

# --- بيانات النماذج
desk-f-opinion = الرأي
desk-f-decide = القرار
desk-f-checklist = البنود المستوفاة
desk-f-opinion-note = ملاحظات الرأي
desk-f-note = ملاحظة
desk-f-papers-later = تستمر المرحلة وتُستوفى المستندات الناقصة قبل الإصدار
desk-f-answer = الرد
desk-f-files = الملفات
desk-f-doc = المستند
desk-f-visit-date = يوم المعاينة
desk-f-hour = الساعة
desk-hour-usual = 10 صباحًا
desk-f-inspector = المعاين
desk-f-department = الإدارة المسؤولة
desk-f-question = السؤال
desk-f-days = أيام العمل للرد
desk-f-halts = لا يمكن العمل قبل الرد، فتتوقف المدة
desk-f-recall = السؤال
desk-f-to-step = المرحلة
desk-f-reason = السبب
desk-f-reasons = أسباب الرفض
desk-f-refusal-text = تسبيب الرفض
desk-f-more-days = أيام العمل المضافة
desk-f-decision = رقم القرار
desk-f-decision-date = تاريخ القرار
desk-f-to = يُسند إلى
desk-f-items = بنود الاستيفاء
desk-f-docs = مستندات تُقدم
desk-f-fields = بيانات تُصحح
desk-f-other = نواقص أخرى، كل بند في سطر
desk-f-to-applicant = كلمة لصاحب الطلب
desk-f-until = آخر يوم للاستيفاء
desk-f-sitting = رقم الجلسة
desk-f-sitting-date = تاريخ الجلسة
desk-f-members = الأعضاء الحاضرون
desk-f-members-hint = ثلاثة أعضاء على الأقل
desk-f-result = ما انتهت إليه الجلسة
desk-f-committee-decision = رقم قرار اللجنة
desk-f-accept-how = في حالة الموافقة
desk-f-conditions = الشروط أو الملاحظات
desk-f-if-refused = في حالة الرفض
desk-f-postpone = سبب التأجيل
desk-f-photos = صور المعاينة
desk-f-photos-hint = صوّر المكان والمخالفة إن وجدت. لا تصوّر أشخاصًا ولا بطاقات.
desk-f-photos-kept =
    { $n ->
        [one] حُفظت صورة واحدة من قبل، ويمكنك إضافة غيرها.
        [two] حُفظت صورتان من قبل، ويمكنك إضافة غيرهما.
        [few] حُفظت { $n } صور من قبل، ويمكنك إضافة غيرها.
       *[other] حُفظت { $n } صورة من قبل، ويمكنك إضافة غيرها.
    }
desk-f-visited = يوم المعاينة
desk-f-recommend = نتيجة المعاينة
desk-f-visit-note = ملاحظات المعاين

# --- أخطاء النماذج
desk-date-wrong = اكتب تاريخًا صحيحًا: اليوم ثم الشهر ثم السنة
desk-date-missing = اكتب التاريخ
desk-hour-missing = اكتب الساعة
desk-inspector-missing = اختر المعاين
desk-department-missing = اختر الإدارة
desk-question-missing = اختر السؤال
desk-step-missing = اختر المرحلة
desk-person-missing = اختر من القائمة
desk-reason-missing = اكتب السبب
desk-decision-missing = اكتب رقم القرار وتاريخه
desk-decision-number = اكتب رقم القرار
desk-amount-wrong = اكتب مبلغًا صحيحًا، مثل 1250.50
desk-amount-range = المبلغ خارج الحدود. { $range }
desk-amount-missing = اكتب قيمة «{ $label }»
desk-range = من { $min } إلى { $max } جنيه
desk-range-from = { $min } جنيه على الأقل
desk-range-to = { $max } جنيه على الأكثر
desk-result-missing = اختر ما انتهت إليه الجلسة
desk-conditions-missing = اكتب الشروط
desk-recommend-missing = اختر نتيجة المعاينة
desk-file-missing = اختر ملفًا
desk-file-unknown = لم تصل الملفات كاملة. أعد إرفاقها.
desk-file-large = الملف أكبر من 20 ميجابايت. صغّره ثم أعد إرفاقه.
desk-file-kind = نوع الملف غير مقبول. أرفق صورة أو ملف PDF.
desk-file-damaged = الملف تالف أو غير آمن. أعد تصويره أو حفظه ثم أرفقه.
desk-no-key = هذا الجهاز لا يملك مفتاح إصدار محررات المحافظة. أبلغ مشغل النظام.

# --- المعاينات
desk-visits-title = معايناتي
desk-visits-none = لا توجد معاينات مسندة إليك
desk-visits-none-text = تظهر المعاينة هنا عند تحديد موعدها لك.
desk-unplanned-title = معاينات بلا موعد
desk-day-missed = فات موعدها
desk-day-today = اليوم
desk-day-ahead = قادمة
desk-navigate = افتح الموقع
desk-go-work = انتقل إلى الإجراءات
desk-go-report = سجّل تقرير المعاينة
desk-go-file = افتح الملف
desk-go-sitting = سجّل محضر الجلسة
desk-go-preview = معاينة المحرر قبل إصداره
desk-go-approve = افتح للاعتماد
desk-place = العنوان
desk-visit-appointed = الموعد المحدد
desk-visit-planned = محدد
desk-visit-over = سُجل تقرير هذه المعاينة من قبل.
desk-report-title = تقرير معاينة الطلب { $number }
desk-button-report = سجّل التقرير
desk-done-report = سُجل تقرير معاينة الطلب { $number }.
desk-recommend-accept = تمت، والتوصية بالموافقة
desk-recommend-refuse = تمت، والتوصية بعدم الموافقة
desk-recommend-again = تعذرت المعاينة، وتلزم معاينة أخرى

# --- الجلسات
desk-sittings-title = الجلسات
desk-sittings-none = لا توجد لجنة مسندة إليك
desk-sittings-none-text = اطلب من مشرف النظام أن يسند إليك أمانة اللجنة.
desk-docket-none = لا توجد طلبات أمام اللجنة
desk-docket-none-text = يظهر الطلب هنا فور وصوله إلى اللجنة.
desk-docket-caption = جدول أعمال { $committee }
desk-members-count =
    { $n ->
        [zero] لا أعضاء مسجلين
        [one] عضو واحد
        [two] عضوان
        [few] { $n } أعضاء
       *[other] { $n } عضوًا
    }
desk-members-few = أعضاء اللجنة المسجلون أقل من ثلاثة. اطلب من مشرف النظام تسجيلهم أولًا.
desk-sitting-title = محضر جلسة بشأن الطلب { $number }
desk-sitting-over = بتت اللجنة في هذا الطلب من قبل.
desk-button-sitting = سجّل المحضر
desk-done-sitting = سُجل محضر الجلسة بشأن الطلب { $number }.
desk-result-accept = موافقة
desk-result-refuse = رفض
desk-result-postpone = تأجيل

# --- الاعتماد
desk-approvals-title = للاعتماد
desk-deemed-title = انقضت مدتها القانونية
desk-deemed-text = طلبات الوحدة التي لم يُبت فيها في المدة القانونية، فقال القانون فيها كلمته، وما زالت مفتوحة.
desk-approvals-none = لا يوجد ما ينتظر اعتمادك
desk-approvals-none-text = يظهر الطلب هنا بعد أن تنجز الإدارات مراحلها.

# --- المحررات
desk-paper-title = محرر رقم
desk-service = الخدمة
desk-request = الطلب
desk-issued-on = تاريخ الإصدار
desk-valid-until = سارٍ حتى
desk-rulings-title = القرارات الصادرة بشأنه
desk-rulings-none = لا توجد قرارات.
desk-paper-over = المحرر ملغى، والإلغاء نهائي.
desk-paper-suspend = أوقف المحرر
desk-paper-restore = أعد العمل به
desk-paper-revoke = ألغِ المحرر
desk-paper-suspend-title = إيقاف المحرر { $number }
desk-paper-restore-title = إعادة العمل بالمحرر { $number }
desk-paper-revoke-title = إلغاء المحرر { $number }
desk-paper-suspend-effect = يظهر لكل من يتحقق من المحرر أنه موقوف، حتى يُعاد العمل به بقرار.
desk-paper-restore-effect = يعود المحرر ساريًا لكل من يتحقق منه.
desk-paper-revoke-effect = يظهر لكل من يتحقق من المحرر أنه ملغى. الإلغاء نهائي ولا يُرجع فيه.
desk-paper-suspend-done = أُوقف المحرر { $number }.
desk-paper-restore-done = أُعيد العمل بالمحرر { $number }.
desk-paper-revoke-done = أُلغي المحرر { $number }.
desk-governorate = محافظة { $name }
desk-preview-mark = معاينة قبل الإصدار، لا يُعتد بها
desk-preview-number = يُعطى عند الإصدار
