//! Names that a marketplace gives to its things. They are compared and sent back, never read:
//! no length, alphabet or order may be concluded from one.

use serde::{Deserialize, Serialize};

macro_rules! opaque {
    ($( $(#[$meta:meta])* $name:ident; )+) => { $(
        $(#[$meta])*
        #[derive(
            Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text as it came.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+ };
}

opaque! {
    /// A shop (店铺) that the token opens.
    ShopId;
    /// A warehouse (仓) as the platform names it.
    WarehouseId;
    /// A listing (平台商品): one sellable variant on the platform.
    ListingId;
    /// The code that the seller gave to a listing; which own SKU it means, and how many of it, is
    /// the seller's matter.
    SellerSku;
    /// An order of a buyer.
    OrderId;
    /// A line of an order, unique within the order.
    LineId;
    /// Any object of the change feed; its topic says what it is.
    ObjectId;
    /// A position in a list or feed, made by the server and only ever sent back to it.
    Cursor;
    /// One life of the server's data. Another epoch means that positions and versions of the
    /// earlier one say nothing any more, for instance after a restore from an older copy.
    Epoch;
}

impl From<&OrderId> for ObjectId {
    fn from(id: &OrderId) -> Self {
        Self(id.0.clone())
    }
}

impl From<&ObjectId> for OrderId {
    fn from(id: &ObjectId) -> Self {
        Self(id.0.clone())
    }
}
