package dev.duckpond.steward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RedactionTest {
  @Test
  void args_valueOfASecretOption_isMasked() {
    Redaction redaction =
        Redaction.of(List.of("remote", "add", "--secret-access-key", "hunter22", "s3://b/p"));

    assertThat(redaction.args())
        .containsExactly("remote", "add", "--secret-access-key", "***", "s3://b/p");
  }

  @Test
  void args_valueAfterEquals_isMasked() {
    assertThat(Redaction.of(List.of("--password=hunter22", "-v", "api_token=abc")).args())
        .containsExactly("--password=***", "-v", "api_token=***");
  }

  @Test
  void args_userInfoOfAUrl_isMasked() {
    assertThat(Redaction.of(List.of("s3://key:hunter22@host/b")).args())
        .containsExactly("s3://***@host/b");
  }

  @Test
  void args_referenceToTheEnvironment_stays() {
    assertThat(Redaction.of(List.of("--client-secret", "${env:HYDRO}")).args())
        .containsExactly("--client-secret", "${env:HYDRO}");
  }

  @Test
  void args_withoutSecrets_stay() {
    List<String> args = List.of("copy", "--type", "series", "a=b.parquet", "/keys/x");

    assertThat(Redaction.of(args).args()).isEqualTo(args);
  }

  @Test
  void clean_textThatRepeatsASecret_isMasked() {
    Redaction redaction = Redaction.of(List.of("--token", "hunter22"));

    assertThat(redaction.clean("the service refused hunter22 at https://u:p@host/x"))
        .isEqualTo("the service refused *** at https://***@host/x");
  }

  @Test
  void args_nestedAssignment_isMaskedToItsEnd() {
    assertThat(Redaction.of(List.of("-v=api_token=ab c,d", "--set=a=db_pwd=x=y")).args())
        .containsExactly("-v=api_token=***", "--set=a=db_pwd=***");
  }

  @Test
  void args_parametersOfAUrl_areMasked() {
    assertThat(
            Redaction.of(
                    List.of(
                        "https://h/data?from=1&api_key=abc&to=2&sig=d%2Fe#x",
                        "https://b.s3.host/k?X-Amz-Credential=AK/1&X-Amz-Signature=0f&v=1"))
                .args())
        .containsExactly(
            "https://h/data?from=1&api_key=***&to=2&sig=***",
            "https://b.s3.host/k?X-Amz-Credential=***&X-Amz-Signature=***&v=1");
  }

  @Test
  void args_userInfoWithAnySigns_isMasked() {
    assertThat(
            Redaction.of(
                    List.of(
                        "s3://key:ab/c+d@host/b",
                        "s3://key:p@ss@host/b",
                        "s3://key@host/b",
                        "http://host:8080/files/a@b"))
                .args())
        .containsExactly(
            "s3://***@host/b", "s3://***@host/b", "s3://***@host/b", "http://host:8080/files/a@b");
  }

  @Test
  void args_membersOfJsonAndYaml_areMasked() {
    assertThat(
            Redaction.of(
                    List.of(
                        "{\"user\": \"ann\", \"password\": \"a \\\" b\", \"n\": 1}",
                        "{'client_secret':'x y','to':'z'}",
                        "\"{\\\"token\\\":\\\"abc\\\",\\\"n\\\":1}\"",
                        "host: h\napi_key: a b c\nport: 5",
                        "Authorization: Bearer abc.def"))
                .args())
        .containsExactly(
            "{\"user\": \"ann\", \"password\": \"***\", \"n\": 1}",
            "{'client_secret':'***','to':'z'}",
            "\"{\\\"token\\\":\\\"***\\\",\\\"n\\\":1}\"",
            "host: h\napi_key: ***\nport: 5",
            "Authorization: ***");
  }

  @Test
  void args_referencesToTheEnvironment_stayEverywhere() {
    List<String> args =
        List.of(
            "--password=${env:P}",
            "-v",
            "token=${env:T}",
            "s3://${env:K}:${env:S}@host/b",
            "{\"password\": \"${env:P}\"}",
            "api_key: ${env:A}");

    assertThat(Redaction.of(args).args()).isEqualTo(args);
  }

  @Test
  void args_textsThatOnlyMentionSecrets_stay() {
    List<String> args =
        List.of(
            "sql",
            "SELECT token::varchar, max(pass_count) FROM \"/tokens/a.series\" WHERE compass > 3",
            "/secrets/list",
            "token.csv",
            "host+csv:///data/passwords.csv",
            "--time-column=signal");

    assertThat(Redaction.of(args).args()).isEqualTo(args);
  }

  @Test
  void args_longWords_areReadInReasonableTime() {
    String word = "a".repeat(200_000);

    assertThat(Redaction.of(List.of(word, "=".repeat(200_000), "a=".repeat(100_000))).args())
        .first()
        .isEqualTo(word);
    assertThat(Redaction.of(List.of("://".repeat(60_000), word + "://" + word)).args()).hasSize(2);
  }

  @Test
  void clean_oneSecretWithinAnother_masksBothWhole() {
    Redaction redaction = Redaction.of(List.of("--token", "hunter", "--password", "hunter22"));

    assertThat(redaction.clean("tried hunter22, then hunter")).isEqualTo("tried ***, then ***");
  }

  @Test
  void clean_passwordOfAUrl_isMaskedAlone() {
    Redaction redaction = Redaction.of(List.of("s3://key:hunter22@host/b"));

    assertThat(redaction.clean("hunter22 was refused")).isEqualTo("*** was refused");
  }

  @Test
  void args_optionOfAUrl_isMasked() {
    assertThat(
            Redaction.of(List.of("--table", "t=host+csv:///x.csv?delim=;&token=abcdef&skip=1"))
                .args())
        .containsExactly("--table", "t=host+csv:///x.csv?delim=;&token=***&skip=1");
  }
}
