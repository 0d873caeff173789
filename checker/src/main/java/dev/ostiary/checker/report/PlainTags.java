package dev.ostiary.checker.report;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import java.util.Map;

/** Leaves every tag as the template has it. */
final class PlainTags implements HtmlInterceptor {
  @Override
  public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput output) {
    // nothing is added
  }

  @Override
  public void onHtmlTagClosed(String name, TemplateOutput output) {
    // nothing is added
  }
}
