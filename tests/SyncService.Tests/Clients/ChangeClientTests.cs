using PhoneMasking.Contracts;
using static PhoneMasking.SyncService.Tests.SyncServiceFixture;

namespace PhoneMasking.SyncService.Tests.Clients;

public sealed class ChangeClientTests(SyncServiceFixture service)
{
    [Fact]
    public async Task ChangeClient_OfOneField_KeepsTheOthers()
    {
        var client = await AddAsync(NewOrganisation(), "+13035550181");

        var changed = Assert.IsType<ClientView>(
            await service.AskAsync(new ChangeClient(client.Organisation, client.Id, "Maria Gomez", null, null)));

        Assert.Equal(("Maria Gomez", "maria@example.com", 2L), (changed.Name, changed.Email, changed.Version));
        Assert.Equal("+13035550181", Assert.Single(changed.Numbers).Reveal());
    }

    [Fact]
    public async Task ChangeClient_DeliveredTwice_PublishesOneChange()
    {
        var client = await AddAsync(NewOrganisation(), "+13035550182");
        var request = new ChangeClient(client.Organisation, client.Id, null, null, ["+13035550183"]);

        await service.AskAsync(request);
        var again = Assert.IsType<ClientView>(await service.AskAsync(request));

        Assert.Equal(2, again.Version);
        await service.PublishedAsync();
        await service.Bus.WaitForAsync<ClientChanged>(
            seen => seen.ClientId == client.Id && seen.Version == 2, TestContext.Current.CancellationToken);
        Assert.Equal(2, service.Bus.Kept<ClientChanged>().Count(seen => seen.ClientId == client.Id));
    }

    [Fact]
    public async Task ChangeClient_ToAProvisionalClientsPhone_EndsTheProvisionalOne()
    {
        var client = await AddAsync(NewOrganisation(), "+13035550184");
        var provisional = await service.SeeAsync(client.Organisation, "+13035550185");

        await service.AskAsync(
            new ChangeClient(client.Organisation, client.Id, null, null, ["+13035550184", "+13035550185"]));

        var merged = await service.Bus.WaitForAsync<ClientMerged>(
            seen => seen.ProvisionalClientId == provisional, TestContext.Current.CancellationToken);
        Assert.Equal(client.Id, merged.ClientId);
        var page = Assert.IsType<ClientPage>(await service.AskAsync(new ListClients(client.Organisation, null, 200)));
        Assert.Equal(client.Id, Assert.Single(page.Items).Id);
    }

    [Fact]
    public async Task ChangeClient_GivingAProvisionalOneAName_MakesItReal()
    {
        var organisation = NewOrganisation();
        var provisional = await service.SeeAsync(organisation, "+13035550186");

        var changed = Assert.IsType<ClientView>(
            await service.AskAsync(new ChangeClient(organisation, provisional, "Tom Baker", null, null)));

        Assert.Equal(("Tom Baker", false), (changed.Name, changed.Provisional));
    }

    [Fact]
    public async Task ChangeClient_ToAnotherClientsPhone_IsRefusedNamingThePhone()
    {
        var client = await AddAsync(NewOrganisation(), "+13035550187");
        await AddAsync(client.Organisation, "+13035550188");

        var refused = Assert.IsType<Refused>(
            await service.AskAsync(new ChangeClient(client.Organisation, client.Id, null, null, ["+13035550188"])));

        Assert.Equal((RefusalKind.Conflict, "phones[0]"), (refused.Kind, refused.Field));
    }

    [Fact]
    public async Task ChangeClient_OfAnotherOrganisation_IsNotFound()
    {
        var client = await AddAsync(NewOrganisation(), "+13035550189");

        var refused = Assert.IsType<Refused>(
            await service.AskAsync(new ChangeClient(NewOrganisation(), client.Id, "Other", null, null)));

        Assert.Equal(RefusalKind.NotFound, refused.Kind);
    }

    private async Task<(OrganisationId Organisation, ClientId Id)> AddAsync(OrganisationId organisation, string phone)
    {
        var request = new AddClient(organisation, Guid.CreateVersion7(), "Maria Lopez", "maria@example.com", [phone]);
        return (organisation, Assert.IsType<ClientView>(await service.AskAsync(request)).Id);
    }
}
