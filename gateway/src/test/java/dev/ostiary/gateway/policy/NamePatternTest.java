package dev.ostiary.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "read,read,true",
    "read,Read,false",
    "read,reader,false",
    "read_*,read_,true",
    "read_*,read_a,true",
    "read_*,read,false",
    "*,'',true",
    "*,anything at all,true",
    "*_page,delete_page,true",
    "*_page,delete_pages,false",
    "a*b*c,abc,true",
    "a*b*c,axxbyybzzc,true",
    "a*b*c,acb,false",
    "**,x,true",
    "docs://*/public/*,docs://a/b/public/c,true",
    "a.c,abc,false",
  })
  void matchesByLettersAndStars(String pattern, String name, boolean matches) {
    assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "docs://*,docs://{path},true,true",
    "docs://a/*,docs://{path},false,true",
    "docs://a/*,docs://a/{path},true,true",
    "docs://a/*,docs://b/{path},false,false",
    "docs://a,docs://{path},false,true",
    "*,{scheme}://x,true,true",
    "docs://{path},docs://{path},false,true",
    "*/x,docs://{a}/{b},false,true",
  })
  void knowsWhichTemplatesItIsAbout(
      String pattern, String template, boolean covers, boolean meets) {
    assertThat(new NamePattern(pattern).covers(template)).isEqualTo(covers);
    assertThat(new NamePattern(pattern).meets(template)).isEqualTo(meets);
  }
}
