# حساب المواطن: الدخول، بيانات الحساب
account-title = حسابي
account-login-title = دخول المواطن
account-login-intro = ادخل لتقدم طلبًا من بيتك وتتابع طلباتك ومستنداتك. نرسل لك رمزًا في رسالة؛ لا تحتاج إلى كلمة مرور.
account-login-submit = أرسل الرمز
account-login-without = معك إيصال وتريد معرفة موقف طلبك فقط؟ لا تحتاج إلى حساب:
account-nid = الرقم القومي
account-nid-hint = 14 رقمًا على وجه البطاقة
account-nid-missing = أدخل الرقم القومي
account-mobile = رقم المحمول
account-mobile-hint = المحمول الذي يصلك عليه الرمز
account-mobile-missing = أدخل رقم المحمول
account-code-title = أدخل الرمز
account-code-sent = أرسلنا رمزًا من ستة أرقام إلى محمولك المنتهي بـ
account-code = الرمز
account-code-hint = صالح لعشر دقائق
account-code-missing = أدخل الرمز الذي وصلك
account-code-six = الرمز ستة أرقام
account-code-wrong = { $n ->
    [one] الرمز غير صحيح. بقيت محاولة واحدة.
    [two] الرمز غير صحيح. بقيت محاولتان.
    [few] الرمز غير صحيح. بقيت { $n } محاولات.
   *[other] الرمز غير صحيح. بقيت { $n } محاولة.
  }
account-code-submit = ادخل
account-code-again = لم يصل الرمز؟ اطلب رمزًا آخر
account-code-over = انتهت صلاحية الرمز. اطلب رمزًا جديدًا.
account-code-demo = نسخة تجريبية: الرسائل هنا ولا تُرسل إلى أحد
account-code-message = رمز الدخول إلى شُبّاك: { $code }. لا تعطه لأحد.
account-wait = { $n ->
    [one] محاولات كثيرة. أعد المحاولة بعد ثانية واحدة.
    [two] محاولات كثيرة. أعد المحاولة بعد ثانيتين.
    [few] محاولات كثيرة. أعد المحاولة بعد { $n } ثوانٍ.
   *[other] محاولات كثيرة. أعد المحاولة بعد { $n } ثانية.
  }
account-open-title = افتح حسابك
account-open-intro = هذه أول مرة تدخل بهذا الرقم القومي وهذا المحمول. اكتب اسمك كما في البطاقة.
account-open-submit = افتح الحساب
account-name = الاسم كما في البطاقة
account-name-hint = الاسم الرباعي إن أمكن
account-name-missing = اكتب اسمك
account-email = البريد الإلكتروني
account-email-hint = لتصلك نسخة من الإخطارات
account-email-wrong = اكتب عنوان بريد صحيحًا، مثل name@example.com
account-settings-title = بيانات حسابي
account-settings-submit = احفظ
account-details-title = الاسم والمراسلة
account-changed = حُفظت بياناتك
account-state = موقف الحساب
account-confirmed = مؤكد
account-unconfirmed = غير مؤكد
account-unconfirmed-text = تظهر لك الطلبات المقدمة من هذا الحساب، والطلبات التي قُيدت لك في الشباك بهذا المحمول. لتظهر طلباتك السابقة كلها أظهر بطاقتك مرة واحدة في أي مركز تكنولوجي واطلب تأكيد حسابك.
account-refused-name = اكتب الاسم من كلمتين على الأقل
account-refused-none = لا يوجد حساب بهذه البيانات
account-refused-confirmed-elsewhere = لهذا الرقم القومي حساب مؤكد بمحمول آخر
account-demo-title = حسابات تجريبية
account-demo-enter = ادخل
