package io.creditledger.core.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

  static Stream<Arguments> kinds() {
    return Stream.of(
        kind("customer", 255, CustomerId::new),
        kind("grant", 255, GrantId::new),
        kind("id", 255, EventId::new),
        kind("meter", 100, MeterName::new),
        kind("subscription", 255, SubscriptionId::new),
        kind("unit", 40, Unit::new));
  }

  private static Arguments kind(String field, int charsMax, Function<String, Object> constructor) {
    return Arguments.of(field, charsMax, constructor);
  }

  @ParameterizedTest(name = "{0} takes 1 to {1} characters")
  @MethodSource("kinds")
  void takesTextsUpToTheirLength(String field, int charsMax, Function<String, Object> constructor) {
    assertThat(constructor.apply("x")).hasToString("x");
    assertThat(constructor.apply("x".repeat(charsMax))).hasToString("x".repeat(charsMax));
    assertThatThrownBy(() -> constructor.apply("x".repeat(charsMax + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(field + " is longer than " + charsMax + " characters");
    assertThatThrownBy(() -> constructor.apply(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(field + " is empty");
  }

  @ParameterizedTest(name = "\"{0}\" is a customer")
  @ValueSource(
      strings = {"cus_1", "/projects/9", "a b", "ключ", "客户", "😀", "x😀", "é", "a\u00a0b"})
  void takesAnyPrintableText(String text) {
    assertThat(new CustomerId(text).value()).isEqualTo(text);
  }

  @ParameterizedTest(name = "white space at either end is refused")
  @ValueSource(strings = {" a", "a ", " ", "\u00a0a", "a\u2003", "\u2028a", "a\u3000"})
  void refusesWhiteSpaceAtEitherEnd(String text) {
    assertThatThrownBy(() -> new CustomerId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("customer begins or ends with white space");
  }

  @ParameterizedTest(name = "control characters are refused")
  @ValueSource(strings = {"a\u0000", "\ta", "a\nb", "a\u007fb", "a\u0085", "\u001b[1m"})
  void refusesControlCharacters(String text) {
    assertThatThrownBy(() -> new CustomerId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("customer holds a control character at index ");
  }

  @ParameterizedTest(name = "half a surrogate pair is refused")
  @ValueSource(ints = {0, 1, 2, 3})
  void refusesUnpairedSurrogates(int kind) {
    String text = new String[] {"\ud83d", "a\ude00", "\ude00\ud83d", "😀\ud83da"}[kind];

    assertThatThrownBy(() -> new GrantId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("grant holds an unpaired surrogate at index ");
  }

  @Test
  void ordersGrantsAndEventsByTheirText() {
    assertThat(new GrantId("g_10")).isLessThan(new GrantId("g_2"));
    assertThat(new EventId("A")).isLessThan(new EventId("a"));
  }

  @Test
  void countsInCreditsUnlessSaidOtherwise() {
    assertThat(Unit.CREDITS).isEqualTo(new Unit("credits"));
  }
}
