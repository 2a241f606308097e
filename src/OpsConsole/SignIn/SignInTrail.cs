using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Audit;

namespace PhoneMasking.OpsConsole.SignIn;

/// <summary>Tells the audit log who came, who was turned away and who left. Nobody is kept out when it cannot be told.</summary>
internal sealed class SignInTrail(AuditTrail trail, AttemptLimit limit, TimeProvider clock)
{
    private const string WrongPassword = "wrong-password";
    private const string UsedUpLink = "used-up-link";
    private const string TooManyAttempts = "too-many-attempts";

    /// <summary>The owner is in.</summary>
    /// <param name="context">The browser's request.</param>
    /// <param name="means"><c>password</c> or <c>one-time-link</c>.</param>
    public Task GrantedAsync(HttpContext context, string means) => trail.TellAsync(new ConsoleSignedIn(
        OrganisationId.Default, Gate.Owner, AuditTrail.SourceOf(context), means, clock.GetUtcNow()));

    /// <summary>Somebody was turned away.</summary>
    /// <param name="context">The browser's request.</param>
    /// <param name="admission">Why.</param>
    public Task RefusedAsync(HttpContext context, Admission admission) => admission switch
    {
        Admission.WrongPassword => RefusedAsync(context, WrongPassword),
        Admission.LinkUsedUp => RefusedAsync(context, UsedUpLink),
        Admission.TooManyAttempts when limit.IsFirstRefusal() => RefusedAsync(context, TooManyAttempts),
        _ => Task.CompletedTask,
    };

    /// <summary>The owner has left.</summary>
    /// <param name="context">The browser's request.</param>
    public Task LeftAsync(HttpContext context) => trail.TellAsync(new ConsoleSignedOut(
        OrganisationId.Default,
        context.User.Identity?.Name ?? Gate.Owner,
        AuditTrail.SourceOf(context),
        clock.GetUtcNow()));

    private Task<bool> RefusedAsync(HttpContext context, string reason) => trail.TellAsync(new ConsoleSignInRefused(
        OrganisationId.Default, AuditTrail.SourceOf(context), reason, clock.GetUtcNow()));
}
