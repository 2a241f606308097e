using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Organisations;
using PhoneMasking.ProxyGateway.Pool;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>An example of each answer, for the description of the API: one small business on one day.</summary>
internal static class AnswerExamples
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 9, 30, 0, TimeSpan.Zero);
    private static readonly SitterId Ana = SitterId.From(IdOf(1));
    private static readonly ClientId Maria = ClientId.From(IdOf(2));
    private static readonly NumberId Reserved = NumberId.From(IdOf(3));
    private static readonly NumberId Ordered = NumberId.From(IdOf(4));
    private static readonly SessionId Thread = SessionId.From(IdOf(5));
    private static readonly E164Number ReservedNumber = E164Number.Parse("+13035550131");
    private static readonly E164Number PoolNumber = E164Number.Parse("+13035550151");
    private static readonly E164Number AnasPhone = E164Number.Parse("+13035550111");
    private static readonly E164Number MariasPhone = E164Number.Parse("+13035550171");

    private static readonly SitterView Sitter = new(
        Ana, "Ana Alvarez", "ana@example.com", AnasPhone, Reserved, ReservedNumber, true, 3, Monday)
    {
        ReservedStatus = NumberStatus.Ready,
    };

    private static readonly ClientView Client = new(
        Maria, "Maria Lopez", "maria@example.com", [MariasPhone], false, 1, Monday);

    private static readonly NumberView Number = new(
        Reserved, ReservedNumber, NumberLifecycle.ReservedActive, NumberStatus.Ready, Ana, 7, Monday)
    {
        Stage = NumberStage.Ready,
        Purpose = NumberPurpose.StandbyReplenishment,
        AttachStatus = AttachStatus.Ready,
        VerificationStatus = VerificationStatus.Verified,
        TwilioSid = "PN00000000000000000000000000000131",
        PurchasedAt = Monday,
    };

    private static readonly NumberView Order = new(
        Ordered, null, NumberLifecycle.Pool, NumberStatus.Pending, null, 1, Monday)
    {
        Stage = NumberStage.Intended,
        Purpose = NumberPurpose.PoolExpansion,
    };

    private static readonly SessionView Session = new(
        Thread, Ana, "Ana Alvarez", Maria, "Maria Lopez", ReservedNumber, PoolNumber, true, Monday, Monday, Monday.AddDays(14), null);

    private static readonly UtilizationView Figures = new(20, 17, 0, 1, 0, 6, 8);

    private static readonly MonitorRun Run = new(
        IdOf(6), NumberMonitor.PoolCapacity, true, Figures, MonitorDecision.BelowThreshold, null, Monday);

    private static readonly AuditView Record = new(
        IdOf(11), "SessionClosed", "Messaging", "Info", "sitter-removed", Ana, Maria, NumberId.From(IdOf(9)), Thread, null, null, Monday);

    private static readonly DeadLetterView Letter = new(
        IdOf(12), "sync-service.add-client", "AddClient", IdOf(13), "fault", "PostgresException",
        "SyncService.Clients.ClientDesk.AddAsync", 0, DeadLetterState.Open, Monday, null, null, null);

    private static readonly ApiKeyView Key = new(
        IdOf(7), "Zapier", "pmk_Zq3xV1aB", ["sitters:read", "sessions:write"], Monday, null, null);

    private static readonly OrganisationView Business = new(OrganisationId.From(IdOf(8)), "Happy Paws", Monday);

    /// <summary>By the answer's type.</summary>
    public static readonly IReadOnlyDictionary<Type, object> All = new object[]
    {
        Sitter,
        new SitterPage([Sitter], null),
        Client,
        new ClientPage([Client], null),
        Number,
        new NumberPage([Number, Order], Ordered),
        new NumberDetail(
            Number,
            [
                new NumberHistoryEntry(Monday, NumberStage.Ready, NumberLifecycle.ReservedActive, Ana, null, null, null),
                new NumberHistoryEntry(
                    Monday.AddMinutes(-5), NumberStage.Attached, NumberLifecycle.StandbyReserved, null, null, null, null),
            ]),
        new OrderedNumbers([Order]),
        new NumbersImported(12, 1, [new ImportError(7, "This is not a telephone number: write it as +13035550151.")]),
        new PoolStatistics(4, 14, 2, 3),
        new AllocatedNumber("ALLOCATED", Maria, NumberId.From(IdOf(9)), PoolNumber),
        new UtilizationNow(Figures, 0.87, false, Monday.AddDays(-9), Monday.AddHours(20), Monday.AddHours(21)),
        new UtilizationHistory([new UtilizationPoint(Monday.AddDays(-2), Figures), new UtilizationPoint(Monday, Figures)]),
        Run,
        new MonitorRunPage([Run], null),
        Session,
        new SessionPage([Session], Thread),
        new MessagePage(
            [
                new MessageView(
                    MessageId.From(IdOf(10)), true, MariasPhone.Reveal(), ReservedNumber.Reveal(), "Is Rex all right?", 0, "relayed",
                    null, Thread, "Ana Alvarez", "Maria Lopez", Monday),
            ],
            null),
        new FailurePage(
            [
                new FailureView(
                    MessageId.From(IdOf(11)), Monday, 30003, "unreachable handset: off, roaming or no signal",
                    FailureClass.Temporary, false, "undelivered", MessageDirection.SitterToClient, Thread, Ana, "Ana Alvarez", Maria,
                    "Maria Lopez", null, RetryState.Delivered, Monday.AddMinutes(10), null, FailureAlert.None),
            ],
            null,
            new FailureSummary(TimeSpan.FromHours(24), 2, 5, 0, null)),
        new AuditPage([Record], null),
        Letter,
        new DeadLetterPage([Letter], null, 1),
        Key,
        new ApiKeyPage([Key], null),
        new CreatedApiKey(Key, "pmk_Zq3xV1aBThisIsAnExampleAndNoKeyAtAll000000"),
        Business,
        new OrganisationPage([Business], null),
        new CreatedOrganisation(Business, "pmk_Hp7yW2bCThisIsAnExampleAndNoKeyAtAll000000"),
    }.ToDictionary(example => example.GetType());

    private static Guid IdOf(int last) => new($"019a0000-0000-7000-8000-{last:d12}");
}
