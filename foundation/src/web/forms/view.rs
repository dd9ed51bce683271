//! عرض الحقل: one field of a form as the `field` macro shows it.

use super::{FormData, FormErrors, control_id};

/// نوع الحقل.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    #[default]
    Text,
    /// Several lines.
    Textarea,
    /// A number, decimal or whole.
    Number,
    /// One of a list, closed.
    Select,
    /// One of a few, all visible.
    Radios,
    /// One box to tick; sends `yes`.
    Checkbox,
    /// Any of a list.
    Checkboxes,
    /// Day, month, year in three boxes.
    Date,
    /// الرقم القومي.
    NationalId,
    /// رقم المحمول.
    Mobile,
    /// An amount in pounds.
    Money,
    /// An area in square metres.
    Area,
    /// A length in metres.
    Length,
    /// نعم أو لا; sends `yes` or `no`.
    YesNo,
    /// A file of the sender's device.
    File,
    /// A place as latitude and longitude.
    Point,
    /// A postal address in parts.
    Address,
    /// An e-mail address.
    Email,
    /// A password; never shown again.
    Password,
    /// A reference number or code of ours.
    Code,
    /// Rows of the same fields.
    Group,
}

impl FieldKind {
    /// Its name in templates.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Textarea => "textarea",
            Self::Number => "number",
            Self::Select => "select",
            Self::Radios => "radios",
            Self::Checkbox => "checkbox",
            Self::Checkboxes => "checkboxes",
            Self::Date => "date",
            Self::NationalId => "national-id",
            Self::Mobile => "mobile",
            Self::Money => "money",
            Self::Area => "area",
            Self::Length => "length",
            Self::YesNo => "yes-no",
            Self::File => "file",
            Self::Point => "point",
            Self::Address => "address",
            Self::Email => "email",
            Self::Password => "password",
            Self::Code => "code",
            Self::Group => "group",
        }
    }

    /// Whether it is a set of controls under a legend.
    #[must_use]
    pub const fn is_set(self) -> bool {
        matches!(
            self,
            Self::Radios | Self::Checkboxes | Self::Date | Self::YesNo | Self::Point | Self::Address | Self::Group
        )
    }
}

/// عرض الحقل يناسب طول البيان.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// Two digits.
    W4,
    /// Four digits.
    W6,
    /// An amount or number.
    W10,
    /// A national id, a mobile number.
    W14,
    /// A name (28 rem).
    #[default]
    Normal,
    /// As wide as its column.
    Full,
}

impl Width {
    const fn class(self) -> &'static str {
        match self {
            Self::W4 => "inp w4",
            Self::W6 => "inp w6",
            Self::W10 => "inp w10",
            Self::W14 => "inp w14",
            Self::Normal => "inp",
            Self::Full => "inp wfull",
        }
    }
}

/// اختيار: one option of a select, radios or checkboxes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is said.
    pub label: String,
    /// A line under it.
    pub hint: Option<String>,
}

impl Choice {
    /// An option.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    /// With a line under it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// عرض الحقل: built with one of the constructors, then [`FieldView::filled`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldView {
    /// What it is.
    pub kind: FieldKind,
    /// Name in the form.
    pub name: String,
    /// Label, in the language of the page.
    pub label: String,
    /// Line under the label.
    pub hint: Option<String>,
    /// What is wrong.
    pub error: Option<String>,
    /// A warning that does not refuse (a check digit that looks wrong).
    pub warning: Option<String>,
    /// What was typed.
    pub value: String,
    /// What was ticked.
    pub values: Vec<String>,
    /// Options.
    pub choices: Vec<Choice>,
    /// Must be answered; others say «اختياري».
    pub required: bool,
    /// Shown but not changed.
    pub readonly: bool,
    /// Has the focus when the page opens.
    pub autofocus: bool,
    /// Width of the control.
    pub width: Width,
    /// `autocomplete` token; empty = off.
    pub autocomplete: &'static str,
    /// Longest text, 0 = no limit.
    pub max_length: u32,
    /// Word after the control (متر، جنيه).
    pub unit: Option<String>,
    /// Condition as the JSON tree of the catalogue; a script hides the field while it is false.
    pub when: Option<String>,
    /// Kinds of file, e.g. `image/*,application/pdf`.
    pub accept: &'static str,
    /// Several files.
    pub multiple: bool,
    /// Lines of a textarea.
    pub rows: u32,
    /// A map that fills it in: `point` or `polygon`; empty without one. The page loads `map.js`.
    pub map: &'static str,
    /// The parts of a date, point, address, or all rows of a group (see `row_fields`).
    pub parts: Vec<FieldView>,
    /// How many fields a row of a group has.
    pub row_fields: usize,
}

impl FieldView {
    /// A field of any kind, with what the kind implies (width, autocomplete, unit-less parts).
    pub fn new(kind: FieldKind, name: impl Into<String>, label: impl Into<String>) -> Self {
        let mut field = Self { kind, name: name.into(), label: label.into(), rows: 4, ..Self::default() };
        match kind {
            FieldKind::NationalId => field.width = Width::W14,
            FieldKind::Mobile => {
                field.width = Width::W14;
                field.autocomplete = "tel";
            }
            FieldKind::Number | FieldKind::Money | FieldKind::Area | FieldKind::Length => {
                field.width = Width::W10;
            }
            FieldKind::Code => field.width = Width::W14,
            FieldKind::Email => field.autocomplete = "email",
            FieldKind::Password => field.autocomplete = "current-password",
            FieldKind::File => field.accept = "image/jpeg,image/png,image/webp,application/pdf",
            _ => {}
        }
        field
    }

    /// One line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(FieldKind::Text, name, label)
    }

    /// Several lines.
    pub fn textarea(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(FieldKind::Textarea, name, label)
    }

    /// A closed list.
    pub fn select(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        let mut field = Self::new(FieldKind::Select, name, label);
        field.choices = choices;
        field
    }

    /// One of a few.
    pub fn radios(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        let mut field = Self::new(FieldKind::Radios, name, label);
        field.choices = choices;
        field
    }

    /// Any of a list.
    pub fn checkboxes(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        let mut field = Self::new(FieldKind::Checkboxes, name, label);
        field.choices = choices;
        field
    }

    /// A box to tick.
    pub fn checkbox(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(FieldKind::Checkbox, name, label)
    }

    /// A group of rows: one [`FieldView`] list per row, named `name.<row>.<field>`.
    pub fn group(name: impl Into<String>, label: impl Into<String>, rows: Vec<Vec<FieldView>>) -> Self {
        let mut field = Self::new(FieldKind::Group, name, label);
        field.row_fields = rows.first().map_or(0, Vec::len);
        field.parts = rows.into_iter().flatten().collect();
        field
    }

    /// With a line under the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Must be answered.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Must be answered if `required`.
    #[must_use]
    pub fn required_if(mut self, required: bool) -> Self {
        self.required = required;
        self
    }

    /// Shown, not changed.
    #[must_use]
    pub fn readonly(mut self) -> Self {
        self.readonly = true;
        self
    }

    /// Has the focus when the page opens.
    #[must_use]
    pub fn autofocus(mut self) -> Self {
        self.autofocus = true;
        self
    }

    /// Another width.
    #[must_use]
    pub fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    /// `autocomplete` token (`name`, `tel`, `street-address`, …).
    #[must_use]
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = token;
        self
    }

    /// Longest text.
    #[must_use]
    pub fn max_length(mut self, length: u32) -> Self {
        self.max_length = length;
        self
    }

    /// Word after the control.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Condition (JSON tree of the catalogue).
    #[must_use]
    pub fn when(mut self, json: impl Into<String>) -> Self {
        self.when = Some(json.into());
        self
    }

    /// What is in it.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// A warning beside it.
    #[must_use]
    pub fn warning(mut self, warning: impl Into<String>) -> Self {
        self.warning = Some(warning.into());
        self
    }

    /// Takes what was typed and what is wrong with it. Without data the value given stays.
    #[must_use]
    pub fn filled(mut self, data: &FormData, errors: &FormErrors) -> Self {
        if data.has(&self.name) {
            data.get(&self.name).clone_into(&mut self.value);
        }
        let ticked = data.all(&self.name);
        if !ticked.is_empty() {
            self.values = ticked.into_iter().map(str::to_owned).collect();
        }
        for suffix in self.part_names() {
            let name = format!("{}.{suffix}", self.name);
            let mut part = Self { value: data.get(&name).to_owned(), name, ..Self::default() };
            if let Some(old) = self.parts.iter().find(|p| p.name == part.name)
                && !data.has(&part.name)
            {
                part.value.clone_from(&old.value);
            }
            self.parts.retain(|p| p.name != part.name);
            self.parts.push(part);
        }
        if self.kind == FieldKind::Group {
            self.parts = self.parts.into_iter().map(|p| p.filled(data, errors)).collect();
        }
        self.error = errors.of(&self.name).map(str::to_owned);
        if self.kind == FieldKind::Password {
            self.value.clear();
        }
        self
    }

    /// Sets one part of a date (`day`, `month`, `year`), point (`lat`, `lng`) or address.
    #[must_use]
    pub fn part(mut self, suffix: &str, value: impl Into<String>) -> Self {
        let name = format!("{}.{suffix}", self.name);
        self.parts.retain(|p| p.name != name);
        self.parts.push(Self { name, value: value.into(), ..Self::default() });
        self
    }

    const fn part_names(&self) -> &'static [&'static str] {
        match self.kind {
            FieldKind::Date => &["day", "month", "year"],
            FieldKind::Point => &["lat", "lng"],
            FieldKind::Address => &["building", "street", "village", "landmark"],
            _ => &[],
        }
    }

    // ---- what the template asks

    /// Name of the kind.
    #[must_use]
    pub fn is(&self, kind: &str) -> bool {
        self.kind.name() == kind
    }

    /// Whether a map fills it in.
    #[must_use]
    pub fn has_map(&self) -> bool {
        !self.map.is_empty()
    }

    /// Id of the first control.
    #[must_use]
    pub fn id(&self) -> String {
        control_id(&self.name)
    }

    /// Id of the control of an option: the first one is the field's own.
    #[must_use]
    pub fn choice_id(&self, index: &usize) -> String {
        if *index == 0 { self.id() } else { format!("{}-{index}", self.id()) }
    }

    /// Id of the control of a part: the first one is the field's own.
    #[must_use]
    pub fn part_id(&self, suffix: &str) -> String {
        if self.part_names().first() == Some(&suffix) { self.id() } else { format!("{}-{suffix}", self.id()) }
    }

    /// What a part holds.
    #[must_use]
    pub fn part_value(&self, suffix: &str) -> &str {
        let wanted = (self.name.as_str(), suffix);
        self.parts.iter().find(|p| p.name.rsplit_once('.') == Some(wanted)).map_or("", |p| p.value.as_str())
    }

    /// Whether an option is chosen.
    #[must_use]
    pub fn chosen(&self, value: &str) -> bool {
        match self.kind {
            FieldKind::Checkboxes => self.values.iter().any(|v| v == value),
            _ => self.value == value,
        }
    }

    /// `aria-describedby`, empty if nothing describes it.
    #[must_use]
    pub fn described_by(&self) -> String {
        let id = self.id();
        let mut ids = Vec::new();
        if self.hint.is_some() {
            ids.push(format!("{id}-hint"));
        }
        if self.error.is_some() {
            ids.push(format!("{id}-err"));
        }
        if self.warning.is_some() {
            ids.push(format!("{id}-warn"));
        }
        ids.join(" ")
    }

    /// Classes of the control.
    #[must_use]
    pub fn input_class(&self) -> String {
        let width = self.width.class();
        if self.is_latin() { format!("{width} ltr") } else { width.to_owned() }
    }

    /// Whether what is typed runs left to right.
    #[must_use]
    pub const fn is_latin(&self) -> bool {
        matches!(
            self.kind,
            FieldKind::Number
                | FieldKind::NationalId
                | FieldKind::Mobile
                | FieldKind::Money
                | FieldKind::Area
                | FieldKind::Length
                | FieldKind::Email
                | FieldKind::Password
                | FieldKind::Code
        )
    }

    /// `type` of the control. Numbers are text, so that any digits can be typed.
    #[must_use]
    pub const fn input_type(&self) -> &'static str {
        match self.kind {
            FieldKind::Mobile => "tel",
            FieldKind::Email => "email",
            FieldKind::Password => "password",
            _ => "text",
        }
    }

    /// `inputmode`, empty for text.
    #[must_use]
    pub const fn input_mode(&self) -> &'static str {
        match self.kind {
            FieldKind::NationalId | FieldKind::Code => "numeric",
            FieldKind::Number | FieldKind::Money | FieldKind::Area | FieldKind::Length => "decimal",
            FieldKind::Mobile => "tel",
            FieldKind::Email => "email",
            _ => "",
        }
    }

    /// The rows of a group.
    pub fn group_rows(&self) -> impl Iterator<Item = &[FieldView]> {
        self.parts.chunks(self.row_fields.max(1))
    }
}
