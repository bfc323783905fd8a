use super::*;

fn code(url: &str) -> Result<String, Refusal> {
    let code = super::code(url, "s");
    code.map(|code| code.expose_secret().to_owned())
}

#[test]
fn a_redirect_gives_its_code_to_its_own_login_only() {
    for (url, expected) in [
        (
            "http://localhost:8477/callback?code=a%2Bb&state=s",
            Ok("a+b".to_owned()),
        ),
        ("  code=c&state=s\n", Ok("c".to_owned())),
        ("?code=c&state=other", Err(Refusal::WrongState)),
        ("?code=c", Err(Refusal::WrongState)),
        ("", Err(Refusal::WrongState)),
        ("?state=s", Err(Refusal::NoCode)),
        (
            "?error=access_denied&state=s",
            Err(Refusal::Error("access_denied".to_owned())),
        ),
        ("?error=access_denied&state=other", Err(Refusal::WrongState)),
    ] {
        assert_eq!(code(url), expected, "{url}");
    }
}

#[test]
fn a_state_is_not_used_twice() {
    assert_ne!(new_state(), new_state());
    assert_eq!(new_state().len(), 64);
}
