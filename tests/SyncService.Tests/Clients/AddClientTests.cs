using PhoneMasking.Contracts;
using static PhoneMasking.SyncService.Tests.SyncServiceFixture;

namespace PhoneMasking.SyncService.Tests.Clients;

public sealed class AddClientTests(SyncServiceFixture service)
{
    [Fact]
    public async Task AddClient_WithSeveralPhones_PublishesTheClientWithAllOfThem()
    {
        var organisation = NewOrganisation();

        var client = Assert.IsType<ClientView>(
            await service.AskAsync(Request(organisation, "(303) 555-0171", "+1 720 555 0171", "303.555.0171")));

        Assert.Equal(["+13035550171", "+17205550171"], client.Numbers.Select(number => number.Reveal()));
        var changed = await service.Bus.WaitForAsync<ClientChanged>(
            seen => seen.ClientId == client.Id, TestContext.Current.CancellationToken);
        Assert.Equal(client.Numbers, changed.Numbers);
        Assert.Equal(("Maria Lopez", false, 1L), (changed.Name, changed.Provisional, changed.Version));
    }

    [Fact]
    public async Task AddClient_DeliveredTwice_AddsOneClient()
    {
        var organisation = NewOrganisation();
        var request = Request(organisation, "+13035550172");

        var first = Assert.IsType<ClientView>(await service.AskAsync(request));
        var second = Assert.IsType<ClientView>(await service.AskAsync(request));

        Assert.Equal((first.Id, first.Version), (second.Id, second.Version));
        await service.PublishedAsync();
        Assert.Single(service.Bus.Kept<ClientChanged>(), seen => seen.OrganisationId == organisation);
    }

    [Fact]
    public async Task AddClient_WithAProvisionalClientsPhone_TakesTheRecordOver()
    {
        var organisation = NewOrganisation();
        var provisional = await service.SeeAsync(organisation, "+13035550173");

        var client = Assert.IsType<ClientView>(await service.AskAsync(Request(organisation, "+13035550173")));

        Assert.Equal(provisional, client.Id);
        Assert.Equal(("Maria Lopez", false, 2L), (client.Name, client.Provisional, client.Version));
    }

    [Fact]
    public async Task AddClient_WithPhonesOfTwoProvisionalClients_KeepsOneAndMergesTheOther()
    {
        var organisation = NewOrganisation();
        var first = await service.SeeAsync(organisation, "+13035550174");
        var second = await service.SeeAsync(organisation, "+13035550175");

        var client = Assert.IsType<ClientView>(
            await service.AskAsync(Request(organisation, "+13035550175", "+13035550174")));

        var merged = await service.Bus.WaitForAsync<ClientMerged>(
            seen => seen.ClientId == client.Id, TestContext.Current.CancellationToken);
        Assert.Equal(new[] { first.Value, second.Value }.Order(), new[] { client.Id.Value, merged.ProvisionalClientId.Value }.Order());
        Assert.Equal(["+13035550175", "+13035550174"], client.Numbers.Select(number => number.Reveal()));
        var read = Assert.IsType<ClientView>(
            await service.AskAsync(new ReadClient(organisation, merged.ProvisionalClientId)));
        Assert.Equal(client.Id, read.Id);
    }

    [Fact]
    public async Task AddClient_WithAnotherClientsPhone_IsRefusedNamingThePhone()
    {
        var organisation = NewOrganisation();
        await service.AskAsync(Request(organisation, "+13035550176"));

        var refused = Assert.IsType<Refused>(
            await service.AskAsync(Request(organisation, "+13035550177", "+13035550176")));

        Assert.Equal((RefusalKind.Conflict, "phones[1]"), (refused.Kind, refused.Field));
    }

    [Theory]
    [InlineData("Maria", null, "phones[1]", "+13035550178", "none")]
    [InlineData("Maria", null, "phones")]
    [InlineData("", null, "name", "+13035550178")]
    [InlineData("Maria", "none", "email", "+13035550178")]
    public async Task AddClient_WithAWrongField_IsRefusedNamingIt(
        string name,
        string? email,
        string field,
        params string[] phones)
    {
        var request = new AddClient(NewOrganisation(), Guid.CreateVersion7(), name, email, phones);

        var refused = Assert.IsType<Refused>(await service.AskAsync(request));

        Assert.Equal((RefusalKind.Invalid, field), (refused.Kind, refused.Field));
    }

    [Fact]
    public async Task AddClient_TwentyAtOnceWithOnePhoneOnTwoInstances_AddOneClient()
    {
        var organisation = NewOrganisation();
        await using var second = await service.StartHostAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => service.AskAsync(Request(organisation, "+13035550179"))));

        Assert.Single(answers.OfType<ClientView>());
        Assert.All(answers.OfType<Refused>(), refused => Assert.Equal("phone-taken", refused.Problem));
    }

    private static AddClient Request(OrganisationId organisation, params string[] phones) =>
        new(organisation, Guid.CreateVersion7(), "Maria Lopez", null, phones);
}
