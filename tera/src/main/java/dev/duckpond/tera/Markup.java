package dev.duckpond.tera;

/** Escapes text for HTML and XML. */
final class Markup {
  private Markup() {}

  /** Escapes for HTML as OWASP recommends: {@code & < > " ' /}. */
  static String html(String plain) {
    return escape(plain, "&#x27;", "&#x2F;");
  }

  /** Escapes for XML: {@code & < > " '}. */
  static String xml(String plain) {
    return escape(plain, "&apos;", "/");
  }

  private static String escape(String plain, String apostrophe, String slash) {
    StringBuilder escaped = null;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      String replaced =
          switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> apostrophe;
            case '/' -> slash;
            default -> "";
          };
      if (!replaced.isEmpty() && escaped == null) {
        escaped = new StringBuilder(plain.length() + 16).append(plain, 0, i);
      }
      if (escaped != null) {
        if (replaced.isEmpty()) {
          escaped.append(c);
        } else {
          escaped.append(replaced);
        }
      }
    }
    return escaped == null ? plain : escaped.toString();
  }
}
