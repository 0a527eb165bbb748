//! Reads what stands behind the question mark into a struct. A parameter may be repeated; a list
//! takes all of its values, anything else exactly one.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use utoipa::IntoParams;
use utoipa::openapi::path::ParameterIn;

use crate::problem::Problem;
use crate::wire::shown;

/// The parameters and their values, in order; an empty value counts as not given.
pub(crate) type Pairs = Vec<(String, String)>;

pub(crate) fn pairs(query: Option<&str>) -> Pairs {
    form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .into_owned()
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// The parameters that `T` knows, as the document names them.
pub(crate) fn names<T: IntoParams>() -> Vec<String> {
    T::into_params(|| Some(ParameterIn::Query))
        .into_iter()
        .map(|parameter| parameter.name)
        .collect()
}

/// Refuses a parameter that is not in `known`.
pub(crate) fn only(pairs: &Pairs, known: &[String]) -> Result<(), Problem> {
    match pairs.iter().find(|(name, _)| !known.contains(name)) {
        None => Ok(()),
        Some((name, _)) => Err(Problem::invalid(format!(
            "There is no parameter \"{}\" here.",
            shown(name)
        ))
        .hint(format!("Known are: {}.", known.join(", ")))),
    }
}

pub(crate) fn read<T: DeserializeOwned>(pairs: &Pairs) -> Result<T, Problem> {
    let mut grouped: Vec<(&str, Values<'_>)> = Vec::new();
    for (name, value) in pairs {
        match grouped.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.all.push(value),
            None => grouped.push((
                name,
                Values {
                    name,
                    all: vec![value],
                },
            )),
        }
    }
    T::deserialize(MapDeserializer::new(grouped.into_iter()))
        .map_err(|error| Problem::invalid(format!("The question cannot be read: {error}.")))
}

struct Values<'a> {
    name: &'a str,
    all: Vec<&'a str>,
}

impl<'a> Values<'a> {
    fn one(&self) -> Result<&'a str, Error> {
        match self.all.as_slice() {
            [one] => Ok(one),
            _ => Err(Error::custom(format!("\"{}\" is given twice", self.name))),
        }
    }

    fn parsed<T: std::str::FromStr>(&self, wanted: &str) -> Result<T, Error> {
        let text = self.one()?;
        text.parse().map_err(|_| {
            Error::custom(format!(
                "\"{}\" is not {wanted} ({})",
                shown(text),
                self.name
            ))
        })
    }
}

impl IntoDeserializer<'_, Error> for Values<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $kind:ty),+) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.parsed::<$kind>("a whole number in range")?)
        }
    )+ };
}

impl<'de> Deserializer<'de> for Values<'_> {
    type Error = Error;

    numbers!(
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64, deserialize_i64 visit_i64 i64
    );

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.one()?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.parsed("true or false")?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(self.all.into_iter()))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.one()?.into_deserializer())
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        tuple tuple_struct map struct identifier
    }

    /// A parameter of another part of the question, which may well be given twice.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Question {
        month: String,
    }

    #[derive(Debug, Deserialize)]
    struct Which {
        #[serde(default)]
        service: Vec<String>,
    }

    #[test]
    fn a_filter_given_twice_is_read_by_its_own_part_and_passed_over_by_the_other() {
        let pairs = pairs(Some("month=2026-10&service=EC2&service=S3"));
        assert_eq!(read::<Question>(&pairs).unwrap().month, "2026-10");
        assert_eq!(read::<Which>(&pairs).unwrap().service, ["EC2", "S3"]);
        let twice = super::pairs(Some("month=2026-10&month=2026-11"));
        assert!(read::<Question>(&twice).is_err());
    }
}
