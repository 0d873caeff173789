package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.Approval;
import dev.ostiary.authorization.store.ApprovalStore;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Subject;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.SampleApproval;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleGrant;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an {@link ApprovalStore} promises. */
abstract class ApprovalStoreContract extends Contract {
  private static final Subject MONA = new Subject("github:2");
  private static final ClientId OTHER_CLIENT = new ClientId("other");
  private static final RedirectUri ELSEWHERE = new RedirectUri("http://127.0.0.1:7778/callback");
  private static final Resource OTHER_RESOURCE = new Resource("https://mcp.example.com/other/mcp");

  private final ApprovalStore approvals;
  private final Approval approval = SampleApproval.of("read:user", "repo");

  ApprovalStoreContract(Store store) {
    super(store);
    approvals = store.approvals();
  }

  private List<Approval> find(Approval like, Instant now) {
    return approvals.find(like.subject(), like.client(), like.redirectUri(), now);
  }

  @Test
  void findsAnApprovalAsItWasGivenUntilItExpires() {
    approvals.keep(approval);

    assertThat(find(approval, NOW)).containsExactly(approval);
    assertThat(find(approval, approval.expiresAt().minus(TICK))).containsExactly(approval);
    assertThat(find(approval, approval.expiresAt())).isEmpty();
  }

  @Test
  @Requirement("A-52")
  void findsItForNoOtherPersonClientOrAddress() {
    approvals.keep(approval);

    Instant now = NOW;
    assertThat(approvals.find(MONA, SampleClient.ID, SampleClient.REDIRECT_URI, now)).isEmpty();
    assertThat(approvals.find(SampleGrant.SUBJECT, OTHER_CLIENT, SampleClient.REDIRECT_URI, now))
        .isEmpty();
    assertThat(approvals.find(SampleGrant.SUBJECT, SampleClient.ID, ELSEWHERE, now)).isEmpty();
  }

  @Test
  void keepsThoseOfDifferentResourcesApart() {
    Approval other =
        SampleApproval.of(
            approval.subject(),
            approval.client(),
            approval.redirectUri(),
            OTHER_RESOURCE,
            "read:user");
    approvals.keep(approval);
    approvals.keep(other);

    assertThat(find(approval, NOW)).containsExactlyInAnyOrder(approval, other);
  }

  @Test
  void keepsTheLatestDecisionAndAddsNothingToIt() {
    Approval narrower = SampleApproval.of("read:user");
    approvals.keep(approval);
    approvals.keep(narrower);

    assertThat(find(approval, NOW)).containsExactly(narrower);
  }

  @Test
  void forgetsEverythingOfOnePersonAndOneClient() {
    Approval elsewhere =
        SampleApproval.of(approval.subject(), approval.client(), ELSEWHERE, OTHER_RESOURCE);
    Approval ofAnother =
        SampleApproval.of(MONA, approval.client(), approval.redirectUri(), approval.resource());
    Approval forAnother =
        SampleApproval.of(
            approval.subject(), OTHER_CLIENT, approval.redirectUri(), approval.resource());
    List.of(approval, elsewhere, ofAnother, forAnother).forEach(approvals::keep);

    Set<ApprovalStore.Approver> approver =
        Set.of(new ApprovalStore.Approver(approval.subject(), approval.client()));
    approvals.forget(approver);
    approvals.forget(approver);

    assertThat(find(approval, NOW)).isEmpty();
    assertThat(find(elsewhere, NOW)).isEmpty();
    assertThat(find(ofAnother, NOW)).containsExactly(ofAnother);
    assertThat(find(forAnother, NOW)).containsExactly(forAnother);
  }

  @Test
  void purgesWhatHasExpiredAndNothingElse() {
    approvals.keep(approval);

    store.purge(approval.expiresAt().minus(TICK));
    assertThat(find(approval, NOW)).containsExactly(approval);

    store.purge(approval.expiresAt());
    assertThat(find(approval, NOW)).isEmpty();
  }
}
