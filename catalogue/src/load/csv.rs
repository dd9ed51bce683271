//! The three small tables kept as CSV: units, governorates, holidays. None quotes a field.

use std::str::FromStr;

use crate::model::{Governorate, Holiday, Unit, UnitKind};
use crate::source_text::FileError;

struct Row<'t> {
    path: &'t str,
    line: usize,
    heads: Vec<&'t str>,
    cells: Vec<&'t str>,
}

impl Row<'_> {
    fn text(&self, head: &str) -> Result<String, FileError> {
        let at = self.heads.iter().position(|name| *name == head);
        let cell = at.and_then(|at| self.cells.get(at)).ok_or_else(|| self.error(head))?;
        Ok((*cell).to_owned())
    }

    fn optional(&self, head: &str) -> Result<Option<String>, FileError> {
        Ok(Some(self.text(head)?).filter(|text| !text.is_empty()))
    }

    fn parse<T: FromStr>(&self, head: &str) -> Result<T, FileError> {
        self.text(head)?.parse().map_err(|_| self.error(head))
    }

    fn error(&self, head: &str) -> FileError {
        FileError {
            path: self.path.to_owned(), line: self.line, message: format!("عمود غير صالح (bad column) {head}")
        }
    }
}

fn rows<'t>(text: &'t str, path: &'t str) -> impl Iterator<Item = Row<'t>> {
    let mut lines = text.lines().enumerate();
    let heads: Vec<_> = lines.next().map(|(_, line)| line.split(',').collect()).unwrap_or_default();
    lines.filter(|(_, line)| !line.trim().is_empty()).map(move |(index, line)| Row {
        path,
        line: index + 1,
        heads: heads.clone(),
        cells: line.split(',').collect(),
    })
}

pub(super) fn units(text: &str, path: &str) -> Result<Vec<Unit>, FileError> {
    rows(text, path).map(|row| unit(&row)).collect()
}

fn unit(row: &Row) -> Result<Unit, FileError> {
    let code = row.text("unit_code")?;
    let kind = match code.as_bytes().get(3) {
        Some(b'G') => UnitKind::Governorate,
        Some(b'M') => UnitKind::Markaz,
        Some(b'C') => UnitKind::City,
        Some(b'D') => UnitKind::District,
        Some(b'N') => UnitKind::NewCity,
        _ => return Err(row.error("unit_code")),
    };
    Ok(Unit {
        code,
        governorate: row.text("governorate_code")?,
        kind,
        name_ar: row.text("name_ar")?,
        name_en: row.text("name_en")?,
        parent_ar: row.optional("parent_ar")?,
        local: row.text("authority")? == "local",
        lon: row.parse("lon")?,
        lat: row.parse("lat")?,
        coord_source: row.text("coord_source")?,
        confidence: row.text("confidence")?,
        census_pcode: row.optional("census_pcode")?,
    })
}

pub(super) fn governorates(text: &str, path: &str) -> Result<Vec<Governorate>, FileError> {
    rows(text, path)
        .map(|row| {
            Ok(Governorate {
                code: row.text("code")?,
                iso_3166_2: row.text("iso_3166_2")?,
                name_ar: row.text("name_ar")?,
                name_en: row.text("name_en")?,
                capital_ar: row.text("capital_ar")?,
                capital_en: row.text("capital_en")?,
                capital_lon: row.parse("capital_lon")?,
                capital_lat: row.parse("capital_lat")?,
                region_ar: row.text("region_ar")?,
                region_en: row.text("region_en")?,
                population_census_2017: row.parse("population_census_2017")?,
                population_est_2023: row.parse("population_est_2023")?,
            })
        })
        .collect()
}

pub(super) fn holidays(text: &str, path: &str) -> Result<Vec<Holiday>, FileError> {
    rows(text, path)
        .map(|row| {
            Ok(Holiday {
                date: row.parse("date")?,
                name_ar: row.text("name_ar")?,
                name_en: row.text("name_en")?,
                status: row.text("status")?,
            })
        })
        .collect()
}
