namespace PhoneMasking.Twilio.Transport;

/// <summary>Every way that a post can end; see <see cref="Messages.SendOutcome"/> for what each means.</summary>
internal abstract record PostResult<TResource>
{
    private PostResult()
    {
    }

    internal sealed record Done(TResource Resource) : PostResult<TResource>;

    internal sealed record Refused(TwilioError Error) : PostResult<TResource>;

    internal sealed record RateLimited(TimeSpan RetryAfter, TwilioError Error) : PostResult<TResource>;

    internal sealed record NotSent(string Reason) : PostResult<TResource>;

    internal sealed record Unknown(string Reason) : PostResult<TResource>;
}
