package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeEffectTest {
  @ParameterizedTest
  @CsvSource({
    "read:user,READ",
    "read:org,READ",
    "docs:read,READ",
    "docs.readonly,READ",
    "docs/read-only,READ",
    "user:email,PRIVATE",
    "user,CHANGE",
    "repo,CHANGE",
    "gist,CHANGE",
    "mcp,CHANGE",
    "thread:write,CHANGE",
    "ready,CHANGE",
    "unread,CHANGE",
    "delete_repo,DELETE",
    "docs:admin,DELETE",
    "admin:read,DELETE",
    "offline_access,STAY",
  })
  void isTheWorstThatANameAllows(String scope, ScopeEffect effect) {
    assertThat(ScopeEffect.of(new Scope(scope))).isEqualTo(effect);
  }

  @Test
  void hasAWordInTheConfiguration() {
    assertThat(ScopeEffect.parse("private")).contains(ScopeEffect.PRIVATE);
    assertThat(ScopeEffect.parse("stay")).isEmpty();
    assertThat(ScopeEffect.parse("READ")).isEmpty();
  }

  @Test
  void isReadingAtAServerThatChangesNothing() {
    ScopeDescription all = ScopeDescription.of(new Scope("mcp"), LocalizedText.NONE);
    ScopeDescription mail = ScopeDescription.of(new Scope("user:email"), LocalizedText.NONE);

    assertThat(all.ofReadOnlyServer().effect()).isEqualTo(ScopeEffect.READ);
    assertThat(mail.ofReadOnlyServer()).isEqualTo(mail);
  }
}
