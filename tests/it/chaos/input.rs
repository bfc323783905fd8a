//! Made-up address books that make it hard to tell people apart, and the contacts that have to come of them.

use crate::world::{World, google};
use serde_json::{Map, Value, json};

/// What is imported, and what has to be in the service afterwards.
pub struct Input {
    /// The commands, each run until it is done.
    pub commands: Vec<Vec<&'static str>>,
    /// For each command, the records of its input.
    pub records: Vec<Vec<Record>>,
}

/// A record of the input.
pub struct Record {
    /// Its file.
    pub source: &'static str,
    /// Its number in it, from 1.
    pub number: usize,
    /// Its contact; none if it repeats another record of its input.
    pub contact: Option<Value>,
}

#[derive(Clone)]
struct Person {
    first: String,
    last: String,
    email: String,
    telephone: String,
    memo: String,
}

impl Input {
    /// Writes the files: so many people and a repetition, a tenth as many vCards, and in a file of their own some of the same
    /// people in capitals, who must not be created again, and some namesakes, whom every search for the others finds as well.
    pub fn write(world: &World, people: usize) -> Input {
        let everybody: Vec<Person> = (1..=people).map(person).collect();
        let again = everybody.iter().filter_map(in_capitals);
        let others: Vec<Person> = again.chain(everybody.iter().filter_map(namesake)).collect();
        world.write("people.csv", csv(everybody.iter().chain(everybody.first())));
        world.write("cards.vcf", cards(people / 10));
        world.write("others.csv", csv(others.iter()));
        let mut first = records("people.csv", &everybody);
        first.push(Record {
            source: "people.csv",
            number: people + 1,
            contact: None,
        });
        first.extend((1..=people / 10).map(card));
        Input {
            commands: vec![
                vec!["import", "people.csv", "cards.vcf"],
                vec!["import", "others.csv"],
            ],
            records: vec![first, records("others.csv", &others)],
        }
    }
}

/// Among ten: one has the name of the one before, one its e-mail, one an e-mail that holds another's; one in seven has a
/// telephone alone.
fn person(n: usize) -> Person {
    let name = if n % 10 == 4 { n - 1 } else { n };
    let email = match n % 10 {
        _ if n.is_multiple_of(7) => String::new(),
        6 => format!("person{}@example.com", n - 1),
        8 => format!("another.person{}@example.com", n - 1),
        _ => format!("person{n}@example.com"),
    };
    Person {
        first: format!("Given{name}"),
        last: format!("Family{name}"),
        email,
        telephone: format!("010-0000-{n:04}"),
        memo: format!("met at table {n}"),
    }
}

/// The same person: e-mail addresses are compared without regard to case.
fn in_capitals(person: &Person) -> Option<Person> {
    let is_again = person.email.ends_with("1@example.com");
    is_again.then(|| Person {
        email: person.email.to_uppercase(),
        ..person.clone()
    })
}

/// Somebody of the same name, whose e-mail and telephone hold the other's, so that a search for one finds both.
fn namesake(person: &Person) -> Option<Person> {
    let is_namesake = person.email.ends_with("2@example.com");
    is_namesake.then(|| Person {
        email: format!("namesake.{}", person.email),
        telephone: format!("9{}", person.telephone),
        ..person.clone()
    })
}

fn csv<'p>(people: impl Iterator<Item = &'p Person>) -> String {
    let rows: Vec<_> = people
        .map(|person| {
            [
                ("First Name", person.first.as_str()),
                ("Last Name", &person.last),
                ("E-mail 1 - Value", &person.email),
                ("Phone 1 - Label", "Mobile"),
                ("Phone 1 - Value", &person.telephone),
                ("Notes", &person.memo),
            ]
        })
        .collect();
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(|row| &row[..]).collect();
    google(&rows)
}

fn records(source: &'static str, people: &[Person]) -> Vec<Record> {
    people
        .iter()
        .enumerate()
        .map(|(index, person)| Record {
            source,
            number: index + 1,
            contact: Some(contact(person)),
        })
        .collect()
}

fn contact(person: &Person) -> Value {
    let mut contact = Map::new();
    let mut set = |name: &str, value| contact.insert(name.to_owned(), value);
    set(
        "permission",
        json!({"accessibleRange": "ALL", "isCoEditing": true}),
    );
    set(
        "contactName",
        json!({"firstName": person.first, "lastName": person.last}),
    );
    if !person.email.is_empty() {
        set("emails", json!([{"primary": true, "email": person.email}]));
    }
    set(
        "telephones",
        json!([{"primary": true, "telephone": person.telephone, "type": "CELLPHONE"}]),
    );
    set("memo", json!(person.memo));
    Value::Object(contact)
}

fn cards(count: usize) -> String {
    (1..=count)
        .map(|n| {
            format!(
                "BEGIN:VCARD\r\nVERSION:3.0\r\nN:김;카드{n};;;\r\nFN:김카드{n}\r\nEMAIL;type=WORK:card{n}@example.com\r\n\
                 TEL;type=CELL:010-0001-{n:04}\r\nNOTE:메모 {n}\r\nEND:VCARD\r\n"
            )
        })
        .collect()
}

fn card(n: usize) -> Record {
    let person = Person {
        first: format!("카드{n}"),
        last: "김".to_owned(),
        email: format!("card{n}@example.com"),
        telephone: format!("010-0001-{n:04}"),
        memo: format!("메모 {n}"),
    };
    Record {
        source: "cards.vcf",
        number: n,
        contact: Some(contact(&person)),
    }
}
