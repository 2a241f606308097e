using PhoneMasking.Contracts;
using static PhoneMasking.NumberService.Tests.NumberServiceFixture;

namespace PhoneMasking.NumberService.Tests.Sitters;

public sealed class ChangeSitterTests(NumberServiceFixture service)
{
    [Fact]
    public async Task ChangeSitter_OfNameEmailAndPhone_ChangesThemOnceAndTellsTheOthers()
    {
        var organisation = NewOrganisation();
        var sitter = await AddAsync(organisation, "+16145550111");
        var change = new ChangeSitter(organisation, sitter.Id, " Ana Brooks ", "ana@example.com", "(614) 555-0112");

        var first = Assert.IsType<SitterView>(await service.AskAsync(change));
        var second = Assert.IsType<SitterView>(await service.AskAsync(change));

        Assert.Equal(first, second);
        Assert.Equal(
            ("Ana Brooks", "ana@example.com", "+16145550112", 2),
            (second.Name, second.Email, second.RealNumber.Reveal(), second.Version));
        var changed = await service.Bus.WaitForAsync<SitterChanged>(
            seen => seen.SitterId == sitter.Id && seen.Version == 2, TestContext.Current.CancellationToken);
        Assert.Equal(("Ana Brooks", "+16145550112"), (changed.Name, changed.RealNumber.Reveal()));
    }

    [Fact]
    public async Task ChangeSitter_WithOnlyAnEmptyEmail_RemovesItAndKeepsTheRest()
    {
        var organisation = NewOrganisation();
        var sitter = Assert.IsType<SitterView>(await service.AskAsync(
            new AddSitter(organisation, Guid.CreateVersion7(), "Ana Alvarez", "ana@example.com", "+16145550113")));

        var changed = Assert.IsType<SitterView>(
            await service.AskAsync(new ChangeSitter(organisation, sitter.Id, Email: "")));

        Assert.Equal(("Ana Alvarez", null, sitter.RealNumber), (changed.Name, changed.Email, changed.RealNumber));
    }

    [Theory]
    [InlineData(" ", null, null, "name")]
    [InlineData(null, "no address", null, "email")]
    [InlineData(null, null, "12345", "phone")]
    public async Task ChangeSitter_WithAWrongField_IsRefusedNamingIt(
        string? name,
        string? email,
        string? phone,
        string field)
    {
        var refused = Assert.IsType<Refused>(await service.AskAsync(
            new ChangeSitter(NewOrganisation(), SitterId.New(DateTimeOffset.UnixEpoch), name, email, phone)));

        Assert.Equal((RefusalKind.Invalid, field), (refused.Kind, refused.Field));
    }

    [Fact]
    public async Task ChangeSitter_ToAPhoneOfAnotherSitterOrOfOurs_IsRefusedNamingThePhone()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.Pool, "+16145550101");
        await AddAsync(organisation, "+16145550114");
        var sitter = await AddAsync(organisation, "+16145550115");

        var taken = await service.AskAsync(new ChangeSitter(organisation, sitter.Id, Phone: "+16145550114"));
        var ours = await service.AskAsync(new ChangeSitter(organisation, sitter.Id, Phone: "+16145550101"));

        Assert.Equal(("phone-taken", "phone"), Read(taken));
        Assert.Equal(("own-number", "phone"), Read(ours));
        Assert.Equal(sitter, await service.AskAsync(new ReadSitter(organisation, sitter.Id)));
    }

    [Fact]
    public async Task ChangeSitter_WhoIsRemovedOrUnknown_IsRefused()
    {
        var organisation = NewOrganisation();
        var sitter = await AddAsync(organisation, "+16145550116");
        var elsewhere = await service.AskAsync(new ChangeSitter(NewOrganisation(), sitter.Id, "Ana Brooks"));
        await service.AskAsync(new RemoveSitter(organisation, sitter.Id));
        var removed = await service.AskAsync(new ChangeSitter(organisation, sitter.Id, "Ana Brooks"));

        Assert.Equal(("unknown-sitter", "sitterId"), Read(elsewhere));
        Assert.Equal(("sitter-removed", "sitterId"), Read(removed));
    }

    private static (string Problem, string? Field) Read(object answer)
    {
        var refused = Assert.IsType<Refused>(answer);
        return (refused.Problem, refused.Field);
    }

    private async Task<SitterView> AddAsync(OrganisationId organisation, string phone) =>
        Assert.IsType<SitterView>(
            await service.AskAsync(new AddSitter(organisation, Guid.CreateVersion7(), "Ana Alvarez", null, phone)));
}
