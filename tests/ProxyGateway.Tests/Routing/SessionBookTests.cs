using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Routing;

/// <summary>The choice of a pool number, without servers.</summary>
public sealed class SessionBookTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);
    private static readonly E164Number Client = E164Number.Parse("+17205550173");

    private readonly SessionBook _book = new();
    private readonly SitterId _sitter = SitterId.New(Now);

    [Fact]
    public void ChooseNumber_EmptyPool_IsExhausted() => Assert.Null(Choose());

    [Fact]
    public void ChooseNumber_NumberOpenForAnotherSitter_IsFreeForThisOne()
    {
        var number = Pool(303);
        _book.AddOpen(Session(number, SitterId.New(Now), Now));

        Assert.Equal(number, Choose());
    }

    [Fact]
    public void ChooseNumber_NumberOpenForThisSitter_IsNotFree()
    {
        _book.AddOpen(Session(Pool(303), _sitter, Now));

        Assert.Null(Choose());
    }

    [Fact]
    public void ChooseNumber_AnotherOrganisationsNumber_IsNeverChosen()
    {
        Pool(303, OrganisationId.New(Now));

        Assert.Null(Choose());
    }

    [Fact]
    public void ChooseNumber_AreaCodeComesBeforeTheLongestUnused()
    {
        Pool(303);
        var near = Pool(720);
        _book.AddFormer(Session(near, _sitter, Now));

        Assert.Equal(near, Choose());
    }

    [Fact]
    public void ChooseNumber_NeverUsedComesBeforeUsed_AndLongAgoBeforeLately()
    {
        var (lately, longAgo) = (Pool(303), Pool(303));
        _book.AddFormer(Session(lately, _sitter, Now));
        _book.AddFormer(Session(longAgo, _sitter, Now.AddDays(-20)));
        Assert.Equal(longAgo, Choose());

        Assert.Equal(Pool(303), Choose());
    }

    [Fact]
    public void FormerOn_SeveralSessionsOfOneClient_IsOneClient()
    {
        var number = Pool(303);
        var session = Session(number, _sitter, Now);
        _book.AddFormer(session);
        _book.AddFormer(Session(number, _sitter, Now.AddDays(-30), session.ClientId));

        Assert.Equal(session, Assert.Single(_book.FormerOn(_sitter, number.Number)));
    }

    private KnownNumber? Choose() => _book.ChooseNumber(OrganisationId.Default, _sitter, Client);

    private KnownNumber Pool(int area, OrganisationId? organisation = null)
    {
        var number = new KnownNumber
        {
            Id = NumberId.New(Now),
            OrganisationId = organisation ?? OrganisationId.Default,
            Number = FictionNumbers.Next(area),
            Lifecycle = NumberLifecycle.Pool,
            Status = NumberStatus.Ready,
            Version = 1,
        };
        _book.AddPoolNumber(number);
        return number;
    }

    private static Session Session(KnownNumber number, SitterId sitter, DateTimeOffset used, ClientId? client = null) => new()
    {
        Id = SessionId.New(Now),
        OrganisationId = OrganisationId.Default,
        SitterId = sitter,
        ClientId = client ?? ClientId.New(Now),
        ClientNumber = Client,
        ReservedNumber = E164Number.Parse("+13035550131"),
        PoolNumber = number.Number,
        PoolNumberId = number.Id,
        Open = true,
        OpenedAt = used,
        LastInteractionAt = used,
        ExpiresAt = used.AddDays(14),
    };
}
