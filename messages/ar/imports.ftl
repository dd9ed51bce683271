# نصوص الاستيراد من ملفات: العاملون والوحدات والعطلات.

imports-what-people = العاملون
imports-what-units = الوحدات
imports-what-holidays = العطلات

# --- الملف
imports-file-too-large = الملف كبير: الحد 8 ميجابايت و20,000 صف. قسّمه إلى ملفات
imports-file-not-utf8 = احفظ الملف بترميز UTF-8 أو بصيغة إكسل (XLSX)
imports-file-no-table = هذا الملف ليس جدولًا. احفظه بصيغة CSV أو إكسل (XLSX)
imports-file-empty = لا صفوف في الملف تحت العناوين
imports-columns-missing = أضف هذه الأعمدة إلى الملف: { $what }
imports-columns-unknown = لا يعرف الاستيراد عمودًا بهذا الاسم: { $what }
imports-columns-no-heading = لا يوجد في الملف عنوان: { $what }
imports-columns-twice = أكثر من عمود في الملف معناه: { $what }

# --- أسباب رفض الصفوف
imports-refused-many-units = أكثر من وحدة بهذا الاسم. اكتب رمز الوحدة
imports-refused-other-name = اسم الدخول نفسه مكتوب في صف سابق باسم شخص آخر
imports-refused-no-role = لا يوجد دور بهذا الاسم
imports-refused-unit-code = رمز غير صحيح لوحدة من هذا النوع. مثال: 01-D17 لحي، 21-M05 لمركز
imports-refused-unit-known = توجد وحدة بهذا الرمز
imports-refused-unit-parent = لا تتبع وحدة من هذا النوع تلك الوحدة
imports-refused-unit-kind = اكتب النوع: مركز أو مدينة أو حي أو مدينة جديدة أو قرية
imports-refused-yes-no = اكتب نعم أو لا
imports-refused-point = اكتب خط الطول وخط العرض بالدرجات، داخل حدود مصر

# --- أسباب بقاء ما جاءت به دفعة
imports-kept-signed-in = دخل إلى النظام، فلا يُحذف حسابه. أوقف الحساب من صفحته
imports-kept-changed = عُدّلت بياناته بعد الاستيراد
imports-kept-requests = في الوحدة طلبات مقيدة
imports-kept-people = في الوحدة عاملون أو أدوار
imports-kept-below = تتبعها وحدات أضيفت بعد الاستيراد
imports-undo-decision = تراجع عن دفعة الاستيراد { $number }

# --- صفحة المشرف
imports-nav = الاستيراد من ملفات
imports-intro = جرّب الملف أولًا: تظهر أعداد ما فيه وما يُرفض من صفوفه، ولا يُكتب شيء. ثم استورده دفعة واحدة، ولك أن تتراجع عنها ما دام لم يستعملها أحد.
imports-what = المحتوى
imports-what-missing = اختر محتوى الملف
imports-file = الملف
imports-file-hint = CSV بترميز UTF-8 أو إكسل (XLSX)، وفي أول صف عناوين الأعمدة
imports-file-missing = اختر ملفًا
imports-file-too-large-here = الملف أكبر من 512 كيلوبايت. قسّمه، أو اطلب من مشغل النظام استيراده من سطر الأوامر
imports-columns-title = الأعمدة اللازمة
imports-try = جرّب الملف
imports-trial = تجربة
imports-trial-good = الملف سليم
imports-trial-wrong = في الملف صفوف مرفوضة
imports-trial-next = لم يُكتب شيء بعد. استورد الملف إن كانت الأعداد كما تتوقع.
imports-trial-mend = لم يُكتب شيء. أصلح هذه الصفوف في ملفك، ثم جرّبه من جديد.
imports-counted = { $what }. الصفوف: { $rows }، يضاف منها: { $items }، الأدوار: { $roles }
imports-unused = أعمدة لا تُقرأ: { $what }
imports-take = استورد
imports-again = جرّب ملفًا آخر
imports-wrong = الصفوف المرفوضة
imports-row = الصف
imports-column = العمود
imports-reason = السبب
imports-more = وأسباب أخرى عددها { $n }
imports-done = تم الاستيراد
imports-done-number = رقم الدفعة { $number }
imports-done-before = استوردت هذا الملف من هذه الصفحة من قبل، وعُرضت كلمات السر حينها.
imports-passwords = كلمات السر الأولى
imports-password = كلمة السر الأولى
imports-passwords-once = تظهر هذه الكلمات مرة واحدة. اطبع الصفحة وسلّم كل موظف كلمته، ويغيّرها عند أول دخول.
imports-batches = ما استُورد
imports-none = لم يُستورد شيء بعد
imports-none-text = اختر ملفًا وجرّبه.
imports-number = الدفعة
imports-items = العدد
imports-item = البند
imports-at = التاريخ
imports-undo = تراجع
imports-undo-title = التراجع عن الدفعة { $number }
imports-undo-effect = يُحذف ما جاءت به الدفعة من الملف { $file } ({ $what }: { $items }). لا يُحذف شيء إن كان بعضه قد استُعمل.
imports-undo-submit = تراجع عن الدفعة
imports-undone = تم التراجع عن الدفعة { $number }
imports-undone-before = سبق التراجع عن هذه الدفعة.
imports-state-undone = تم التراجع
imports-kept-title = لم يتم التراجع
imports-kept-text = استُعمل بعض ما جاءت به الدفعة، فلم يُحذف منها شيء.
