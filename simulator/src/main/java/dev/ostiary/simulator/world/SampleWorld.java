package dev.ostiary.simulator.world;

import dev.ostiary.simulator.world.Account.EmailAddress;
import dev.ostiary.simulator.world.Account.Profile;
import dev.ostiary.simulator.world.Organization.Member;
import dev.ostiary.simulator.world.Organization.Team;
import dev.ostiary.simulator.world.Repository.Figures;
import dev.ostiary.simulator.world.Repository.Times;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The people and repositories that a demonstration shows. */
public final class SampleWorld {
  private SampleWorld() {}

  public static World world() {
    return new World(accounts(), List.of(acme()), repositories());
  }

  private static List<Account> accounts() {
    return List.of(
        new Account(
            583231,
            "octocat",
            new Profile(
                "The Octocat", "@github", "San Francisco", null, 18_412, 9, at("2011-01-25")),
            List.of(
                new EmailAddress("octocat@github.com", true, true, true),
                new EmailAddress("octocat@users.noreply.github.com", false, true, false))),
        new Account(
            480938,
            "hubot",
            new Profile(
                "Hubot", null, "Octoverse", "Chat is where I work.", 611, 1, at("2010-11-13")),
            List.of(new EmailAddress("hubot@acme.example", true, true, false))),
        new Account(
            2501,
            "mona",
            new Profile("Mona Lisa", "@acme", "Florence", null, 42, 7, at("2008-03-04")),
            List.of(
                new EmailAddress("mona@acme.example", true, true, false),
                new EmailAddress("mona.lisa@louvre.example", false, false, false))));
  }

  private static Organization acme() {
    return new Organization(
        9_919_001,
        "acme",
        "Acme",
        "Anvils, rockets and the software that runs them",
        at("2012-05-01"),
        List.of(
            new Member("octocat", false, true),
            new Member("mona", true, true),
            new Member("hubot", false, false)),
        List.of(
            new Team("platform", List.of("mona")), new Team("design", List.of("mona", "octocat"))));
  }

  private static List<Repository> repositories() {
    return List.of(
        open(1296269, "octocat/Hello-World", "My first repository on GitHub!", null, "2011-01-26"),
        open(1300192, "octocat/Spoon-Knife", "This repo is for forks.", "HTML", "2011-01-27"),
        open(17881631, "octocat/octocat.github.io", null, "CSS", "2014-03-18"),
        open(18221276, "octocat/git-consortium", "Notes of the consortium", null, "2014-03-28"),
        open(132935648, "octocat/boysenberry-repo-1", "Testing", "Java", "2018-05-10"),
        hidden(713004881, "octocat/dotfiles-private", "Shell set-up", "Shell", "2023-11-01"),
        hidden(845120073, "octocat/secret-octopus", "Not for fish", "Go", "2024-08-20"),
        open(20010003, "mona/gallery", "Paintings, one a day", "TypeScript", "2014-05-20"),
        hidden(20010004, "mona/sketches", "Unfinished", null, "2016-02-11", "octocat"),
        open(20010005, "hubot/hubot-scripts", "Things a robot says", "JavaScript", "2012-09-09"),
        open(51000001, "acme/anvil", "Falls reliably", "Rust", "2016-02-03"),
        hidden(51000002, "acme/rocket-skates", "Guidance software", "Java", "2019-07-15"));
  }

  private static Repository open(
      long id,
      String fullName,
      @Nullable String description,
      @Nullable String language,
      String created) {
    return repository(id, fullName, false, description, language, created, List.of());
  }

  private static Repository hidden(
      long id,
      String fullName,
      String description,
      @Nullable String language,
      String created,
      String... collaborators) {
    return repository(id, fullName, true, description, language, created, List.of(collaborators));
  }

  /** Figures and times follow from the id, so that they differ but never change. */
  private static Repository repository(
      long id,
      String fullName,
      boolean hidden,
      @Nullable String description,
      @Nullable String language,
      String created,
      List<String> collaborators) {
    int slash = fullName.indexOf('/');
    int seed = (int) (id % 97);
    Instant born = at(created);
    Instant updated = born.plusSeconds(86_400L * (200 + seed * 7L));
    return new Repository(
        id,
        fullName.substring(0, slash),
        fullName.substring(slash + 1),
        hidden,
        description,
        language,
        hidden ? List.of() : List.of("sample"),
        new Figures(hidden ? 0 : 12 + seed * 29, hidden ? 0 : seed, seed % 6, 1 + seed * 3),
        new Times(born, updated, updated.minusSeconds(5_400L + seed * 60L)),
        collaborators);
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T18:44:36Z");
  }
}
