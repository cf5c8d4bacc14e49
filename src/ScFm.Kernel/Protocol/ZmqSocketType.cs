namespace ScFm.Kernel.Protocol;

/// <summary>The kinds of ZeroMQ socket that the Jupyter protocol uses, with libzmq's numbers.</summary>
internal enum ZmqSocketType
{
    Publish = 1,
    Subscribe = 2,
    Reply = 4,
    Dealer = 5,
    Router = 6,
}
