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
  void args_optionOfAUrl_isMasked() {
    assertThat(
            Redaction.of(List.of("--table", "t=host+csv:///x.csv?delim=;&token=abcdef&skip=1"))
                .args())
        .containsExactly("--table", "t=host+csv:///x.csv?delim=;&token=***&skip=1");
  }
}
