CREATE TABLE `deliveries` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`event_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`subscriber` varchar(80) character set ascii collate ascii_bin NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`tries` int NOT NULL,
	`due_at` datetime(3) NOT NULL,
	`claim_token` varchar(40) character set ascii collate ascii_bin,
	`claimed_until` datetime(3),
	`trouble` text,
	CONSTRAINT `deliveries_id` PRIMARY KEY(`id`),
	CONSTRAINT `deliveries_once` UNIQUE(`event_id`,`subscriber`)
);
--> statement-breakpoint
CREATE TABLE `events` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`facts` json NOT NULL,
	`actor` json NOT NULL,
	`happened_at` datetime(3) NOT NULL,
	CONSTRAINT `events_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`name` varchar(80) character set ascii collate ascii_bin NOT NULL,
	`due_at` datetime(3) NOT NULL,
	`claim_token` varchar(40) character set ascii collate ascii_bin,
	`claimed_until` datetime(3),
	`fence` bigint NOT NULL,
	CONSTRAINT `jobs_name` PRIMARY KEY(`name`)
);
--> statement-breakpoint
CREATE TABLE `once_marks` (
	`kind` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`mark` varchar(128) character set ascii collate ascii_bin NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	CONSTRAINT `once_marks_kind_mark_pk` PRIMARY KEY(`kind`,`mark`)
);
--> statement-breakpoint
CREATE TABLE `assets` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin,
	`storage_key` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`width` int NOT NULL,
	`height` int NOT NULL,
	`hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`bytes` int NOT NULL,
	`stored_at` datetime(3) NOT NULL,
	CONSTRAINT `assets_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `listings` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`approved_revision_id` varchar(30) character set ascii collate ascii_bin,
	`working_revision_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `listings_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `offers` (
	`revision_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`title` varchar(60) NOT NULL,
	`picture_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`kind` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`form` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`season` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`material_year` smallint NOT NULL,
	`hill` varchar(40) character set ascii collate ascii_bin,
	`net_grams` int NOT NULL,
	`price_fen` bigint NOT NULL,
	CONSTRAINT `offers_revision_id` PRIMARY KEY(`revision_id`)
);
--> statement-breakpoint
CREATE TABLE `reservations` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sku_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`quantity` int NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`held_at` datetime(3) NOT NULL,
	CONSTRAINT `reservations_id` PRIMARY KEY(`id`),
	CONSTRAINT `reservations_once` UNIQUE(`order_id`,`sku_id`)
);
--> statement-breakpoint
CREATE TABLE `revisions` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`listing_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`no` int NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`title` varchar(60) NOT NULL,
	`draft` json NOT NULL,
	`submitted_at` datetime(3),
	`decided_at` datetime(3),
	`reasons` varchar(500) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `revisions_id` PRIMARY KEY(`id`),
	CONSTRAINT `revisions_no` UNIQUE(`listing_id`,`no`)
);
--> statement-breakpoint
CREATE TABLE `skus` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`listing_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`left_count` int NOT NULL,
	`opening_stock` int NOT NULL,
	`opened_at` datetime(3),
	CONSTRAINT `skus_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `stock_moves` (
	`sku_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`reason` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`ref` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`delta` int NOT NULL,
	`words` varchar(60) NOT NULL,
	`moved_at` datetime(3) NOT NULL,
	CONSTRAINT `stock_moves_sku_id_reason_ref_pk` PRIMARY KEY(`sku_id`,`reason`,`ref`)
);
--> statement-breakpoint
CREATE TABLE `pairings` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`scene` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`nonce_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`number` varchar(2) character set ascii collate ascii_bin NOT NULL,
	`choices` json NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`browser` varchar(200) NOT NULL,
	`address` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`started_at` datetime(3) NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	`user_id` varchar(30) character set ascii collate ascii_bin,
	CONSTRAINT `pairings_id` PRIMARY KEY(`id`),
	CONSTRAINT `pairings_scene` UNIQUE(`scene`)
);
--> statement-breakpoint
CREATE TABLE `park_staff` (
	`user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`role` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`since_at` datetime(3) NOT NULL,
	CONSTRAINT `park_staff_user_id` PRIMARY KEY(`user_id`)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`token_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`kind` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`user_agent` varchar(200) NOT NULL,
	`address` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`started_at` datetime(3) NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	`revoked_at` datetime(3),
	CONSTRAINT `sessions_id` PRIMARY KEY(`id`),
	CONSTRAINT `sessions_token` UNIQUE(`token_hash`)
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`openid` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`nickname` varchar(40) NOT NULL,
	`signed_up_at` datetime(3) NOT NULL,
	CONSTRAINT `users_id` PRIMARY KEY(`id`),
	CONSTRAINT `users_openid` UNIQUE(`openid`)
);
--> statement-breakpoint
CREATE TABLE `bag_items` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`session_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`listing_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sku_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`number` int NOT NULL,
	`position` int NOT NULL,
	`in_bag` boolean NOT NULL,
	CONSTRAINT `bag_items_id` PRIMARY KEY(`id`),
	CONSTRAINT `bag_items_sku` UNIQUE(`session_id`,`sku_id`),
	CONSTRAINT `bag_items_number` UNIQUE(`session_id`,`number`)
);
--> statement-breakpoint
CREATE TABLE `live_sessions` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`title` varchar(60) NOT NULL,
	`cover_id` varchar(30) character set ascii collate ascii_bin,
	`starts_at` datetime(3) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`started_at` datetime(3),
	`interrupted_at` datetime(3),
	`ended_at` datetime(3),
	`ended_because` varchar(24) character set ascii collate ascii_bin,
	`stop_reason` varchar(200),
	`stream_name` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`publisher_id` varchar(80) character set ascii collate ascii_bin,
	`published_at` datetime(3),
	`streamer_user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`pinned_bag_item_id` varchar(30) character set ascii collate ascii_bin,
	`pin_seq` int NOT NULL,
	`last_number` int NOT NULL,
	CONSTRAINT `live_sessions_id` PRIMARY KEY(`id`),
	CONSTRAINT `live_sessions_stream` UNIQUE(`stream_name`)
);
--> statement-breakpoint
CREATE TABLE `session_figures` (
	`session_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`minute_at` datetime(3) NOT NULL,
	`orders` int NOT NULL,
	`paid_fen` bigint NOT NULL,
	`chats` int NOT NULL,
	CONSTRAINT `session_figures_session_id_minute_at_pk` PRIMARY KEY(`session_id`,`minute_at`)
);
--> statement-breakpoint
CREATE TABLE `session_totals` (
	`session_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`likes` bigint NOT NULL,
	`orders` int NOT NULL,
	`paid_fen` bigint NOT NULL,
	`viewers` int NOT NULL,
	`viewers_at` datetime(3) NOT NULL,
	CONSTRAINT `session_totals_session_id` PRIMARY KEY(`session_id`)
);
--> statement-breakpoint
CREATE TABLE `moderation_cases` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`subject` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`subject_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`revision` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`revision_no` int NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`title` varchar(120) NOT NULL,
	`picture_id` varchar(30) character set ascii collate ascii_bin,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`now_sheet` json NOT NULL,
	`before_sheet` json,
	`asked_by` varchar(30) character set ascii collate ascii_bin,
	`opened_at` datetime(3) NOT NULL,
	`decided_at` datetime(3),
	`decided_by` varchar(30) character set ascii collate ascii_bin,
	`reasons` varchar(500) NOT NULL,
	CONSTRAINT `moderation_cases_id` PRIMARY KEY(`id`),
	CONSTRAINT `moderation_cases_once` UNIQUE(`subject`,`subject_id`,`revision`)
);
--> statement-breakpoint
CREATE TABLE `moderation_findings` (
	`case_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`source` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`no` int NOT NULL,
	`field` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`text` varchar(200) NOT NULL,
	`why` varchar(200) NOT NULL,
	CONSTRAINT `moderation_findings_case_id_source_no_pk` PRIMARY KEY(`case_id`,`source`,`no`)
);
--> statement-breakpoint
CREATE TABLE `addresses` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`buyer_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(40) NOT NULL,
	`phone` varchar(20) character set ascii collate ascii_bin NOT NULL,
	`province` varchar(20) NOT NULL,
	`city` varchar(20) NOT NULL,
	`county` varchar(20) NOT NULL,
	`detail` varchar(160) NOT NULL,
	`is_default` boolean NOT NULL,
	`saved_at` datetime(3) NOT NULL,
	CONSTRAINT `addresses_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `order_lines` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sub_order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`line_no` int NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sku_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`listing_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`revision_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`title` varchar(120) NOT NULL,
	`picture_id` varchar(30) character set ascii collate ascii_bin,
	`unit` varchar(8) NOT NULL,
	`net_grams` int NOT NULL,
	`price_fen` bigint NOT NULL,
	`quantity` int NOT NULL,
	`line_fen` bigint NOT NULL,
	CONSTRAINT `order_lines_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `order_moves` (
	`order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`subject_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`act` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`actor` json NOT NULL,
	`moved_at` datetime(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`order_no` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`buyer_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`request_key` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`request_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`goods_fen` bigint NOT NULL,
	`freight_fen` bigint NOT NULL,
	`payable_fen` bigint NOT NULL,
	`ship_to` json NOT NULL,
	`note` varchar(400) NOT NULL,
	`live_session_id` varchar(30) character set ascii collate ascii_bin,
	`payment_id` varchar(30) character set ascii collate ascii_bin,
	`placed_at` datetime(3) NOT NULL,
	`due_at` datetime(3) NOT NULL,
	`paid_at` datetime(3),
	`closed_at` datetime(3),
	`closed_because` varchar(24) character set ascii collate ascii_bin,
	CONSTRAINT `orders_id` PRIMARY KEY(`id`),
	CONSTRAINT `orders_no` UNIQUE(`order_no`),
	CONSTRAINT `orders_key` UNIQUE(`buyer_id`,`request_key`)
);
--> statement-breakpoint
CREATE TABLE `sub_orders` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sub_order_no` varchar(28) character set ascii collate ascii_bin NOT NULL,
	`order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`buyer_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`goods_fen` bigint NOT NULL,
	`freight_fen` bigint NOT NULL,
	`payable_fen` bigint NOT NULL,
	`commission_bp` int NOT NULL,
	`placed_at` datetime(3) NOT NULL,
	`paid_at` datetime(3),
	`ship_by_at` datetime(3),
	`shipped_at` datetime(3),
	`courier` varchar(8) character set ascii collate ascii_bin,
	`tracking_no` varchar(30) character set ascii collate ascii_bin,
	`receive_by_at` datetime(3),
	`completed_at` datetime(3),
	CONSTRAINT `sub_orders_id` PRIMARY KEY(`id`),
	CONSTRAINT `sub_orders_no` UNIQUE(`sub_order_no`)
);
--> statement-breakpoint
CREATE TABLE `payment_notices` (
	`id` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`notice` json NOT NULL,
	`received_at` datetime(3) NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `payment_notices_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `payment_parts` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`part_no` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`payment_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sub_order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sub_merchant` varchar(16) character set ascii collate ascii_bin NOT NULL,
	`description` varchar(127) NOT NULL,
	`amount_fen` bigint NOT NULL,
	`refunded_fen` bigint NOT NULL,
	`transaction_id` varchar(64) character set ascii collate ascii_bin,
	CONSTRAINT `payment_parts_id` PRIMARY KEY(`id`),
	CONSTRAINT `payment_parts_no` UNIQUE(`part_no`),
	CONSTRAINT `payment_parts_sub` UNIQUE(`sub_order_id`)
);
--> statement-breakpoint
CREATE TABLE `payments` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`payment_no` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`buyer_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`openid` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`address` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`amount_fen` bigint NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`asked_at` datetime(3),
	`prepay_id` varchar(64) character set ascii collate ascii_bin,
	`prepaid_at` datetime(3),
	`settled_at` datetime(3),
	`check_at` datetime(3) NOT NULL,
	`checks` int NOT NULL,
	CONSTRAINT `payments_id` PRIMARY KEY(`id`),
	CONSTRAINT `payments_no` UNIQUE(`payment_no`),
	CONSTRAINT `payments_order` UNIQUE(`order_id`)
);
--> statement-breakpoint
CREATE TABLE `refunds` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`refund_no` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`payment_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`part_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`cause` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`reason` varchar(80) NOT NULL,
	`amount_fen` bigint NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`asked_at` datetime(3) NOT NULL,
	`check_at` datetime(3) NOT NULL,
	`checks` int NOT NULL,
	`done_at` datetime(3),
	CONSTRAINT `refunds_id` PRIMARY KEY(`id`),
	CONSTRAINT `refunds_no` UNIQUE(`refund_no`),
	CONSTRAINT `refunds_cause` UNIQUE(`part_id`,`cause`)
);
--> statement-breakpoint
CREATE TABLE `chats` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`session_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`client_id` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`speaker` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`text` varchar(200) NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`said_at` datetime(3) NOT NULL,
	CONSTRAINT `chats_id` PRIMARY KEY(`id`),
	CONSTRAINT `chats_once` UNIQUE(`session_id`,`user_id`,`client_id`)
);
--> statement-breakpoint
CREATE TABLE `room_tickets` (
	`hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`session_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`viewer_key` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	`redeemed_by` varchar(40) character set ascii collate ascii_bin,
	CONSTRAINT `room_tickets_hash` PRIMARY KEY(`hash`)
);
--> statement-breakpoint
CREATE TABLE `talkers` (
	`session_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`spoke_at` datetime(3) NOT NULL,
	CONSTRAINT `talkers_session_id_user_id_pk` PRIMARY KEY(`session_id`,`user_id`)
);
--> statement-breakpoint
CREATE TABLE `ledger_entries` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`booking` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`account` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`cause` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sub_order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`delta_fen` bigint NOT NULL,
	`booked_at` datetime(3) NOT NULL,
	CONSTRAINT `ledger_entries_id` PRIMARY KEY(`id`),
	CONSTRAINT `ledger_once` UNIQUE(`booking`,`account`)
);
--> statement-breakpoint
CREATE TABLE `waybills` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sub_order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`courier` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`tracking_no` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shipped_by` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shipped_at` datetime(3) NOT NULL,
	CONSTRAINT `waybills_id` PRIMARY KEY(`id`),
	CONSTRAINT `waybills_sub` UNIQUE(`sub_order_id`)
);
--> statement-breakpoint
CREATE TABLE `licences` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`tenant_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(60) NOT NULL,
	`number` varchar(60) NOT NULL,
	`until_day` varchar(10) character set ascii collate ascii_bin,
	CONSTRAINT `licences_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `shop_members` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`role` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`since_at` datetime(3) NOT NULL,
	CONSTRAINT `shop_members_id` PRIMARY KEY(`id`),
	CONSTRAINT `shop_members_once` UNIQUE(`shop_id`,`user_id`)
);
--> statement-breakpoint
CREATE TABLE `shops` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`tenant_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(60) NOT NULL,
	`story` varchar(2000) NOT NULL,
	`village` varchar(60) NOT NULL,
	`avatar_id` varchar(30) character set ascii collate ascii_bin,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`sub_merchant` varchar(16) character set ascii collate ascii_bin NOT NULL,
	`commission_bp` int NOT NULL,
	`opened_at` datetime(3) NOT NULL,
	CONSTRAINT `shops_id` PRIMARY KEY(`id`),
	CONSTRAINT `shops_tenant` UNIQUE(`tenant_id`)
);
--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`kind` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(120) NOT NULL,
	`uscc` varchar(18) character set ascii collate ascii_bin,
	`address` varchar(200) NOT NULL,
	`admitted_at` datetime(3) NOT NULL,
	CONSTRAINT `tenants_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
ALTER TABLE `deliveries` ADD CONSTRAINT `deliveries_event_id_events_id_fk` FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `offers` ADD CONSTRAINT `offers_revision_id_revisions_id_fk` FOREIGN KEY (`revision_id`) REFERENCES `revisions`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `reservations` ADD CONSTRAINT `reservations_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `revisions` ADD CONSTRAINT `revisions_listing_id_listings_id_fk` FOREIGN KEY (`listing_id`) REFERENCES `listings`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `skus` ADD CONSTRAINT `skus_listing_id_listings_id_fk` FOREIGN KEY (`listing_id`) REFERENCES `listings`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `stock_moves` ADD CONSTRAINT `stock_moves_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `park_staff` ADD CONSTRAINT `park_staff_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sessions` ADD CONSTRAINT `sessions_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `bag_items` ADD CONSTRAINT `bag_items_session_id_live_sessions_id_fk` FOREIGN KEY (`session_id`) REFERENCES `live_sessions`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `session_figures` ADD CONSTRAINT `session_figures_session_id_live_sessions_id_fk` FOREIGN KEY (`session_id`) REFERENCES `live_sessions`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `session_totals` ADD CONSTRAINT `session_totals_session_id_live_sessions_id_fk` FOREIGN KEY (`session_id`) REFERENCES `live_sessions`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `moderation_findings` ADD CONSTRAINT `moderation_findings_case_id_moderation_cases_id_fk` FOREIGN KEY (`case_id`) REFERENCES `moderation_cases`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `order_lines` ADD CONSTRAINT `order_lines_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `order_lines` ADD CONSTRAINT `order_lines_sub_order_id_sub_orders_id_fk` FOREIGN KEY (`sub_order_id`) REFERENCES `sub_orders`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sub_orders` ADD CONSTRAINT `sub_orders_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `payment_parts` ADD CONSTRAINT `payment_parts_payment_id_payments_id_fk` FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `refunds` ADD CONSTRAINT `refunds_payment_id_payments_id_fk` FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `refunds` ADD CONSTRAINT `refunds_part_id_payment_parts_id_fk` FOREIGN KEY (`part_id`) REFERENCES `payment_parts`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `licences` ADD CONSTRAINT `licences_tenant_id_tenants_id_fk` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `shop_members` ADD CONSTRAINT `shop_members_shop_id_shops_id_fk` FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `shops` ADD CONSTRAINT `shops_tenant_id_tenants_id_fk` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `deliveries_claim` ON `deliveries` (`claim_token`);--> statement-breakpoint
CREATE INDEX `events_by_name` ON `events` (`name`,`happened_at`);--> statement-breakpoint
CREATE INDEX `once_marks_end` ON `once_marks` (`ends_at`);--> statement-breakpoint
CREATE INDEX `assets_by_shop` ON `assets` (`shop_id`,`id`);--> statement-breakpoint
CREATE INDEX `listings_of_shop` ON `listings` (`shop_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `listings_of_shelf` ON `listings` (`shop_id`,`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `listings_on_shelf` ON `listings` (`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `reservations_sku` ON `reservations` (`sku_id`,`state`);--> statement-breakpoint
CREATE INDEX `skus_listing` ON `skus` (`listing_id`);--> statement-breakpoint
CREATE INDEX `pairings_end` ON `pairings` (`ends_at`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_end` ON `sessions` (`ends_at`);--> statement-breakpoint
CREATE INDEX `bag_items_of_sku` ON `bag_items` (`sku_id`);--> statement-breakpoint
CREATE INDEX `bag_items_of_listing` ON `bag_items` (`listing_id`);--> statement-breakpoint
CREATE INDEX `live_sessions_state` ON `live_sessions` (`state`,`starts_at`);--> statement-breakpoint
CREATE INDEX `live_sessions_shop` ON `live_sessions` (`shop_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `moderation_cases_queue` ON `moderation_cases` (`state`,`opened_at`,`id`);--> statement-breakpoint
CREATE INDEX `addresses_buyer` ON `addresses` (`buyer_id`,`saved_at`);--> statement-breakpoint
CREATE INDEX `order_lines_order` ON `order_lines` (`order_id`);--> statement-breakpoint
CREATE INDEX `order_lines_sub` ON `order_lines` (`sub_order_id`);--> statement-breakpoint
CREATE INDEX `order_lines_sku` ON `order_lines` (`sku_id`);--> statement-breakpoint
CREATE INDEX `order_moves_order` ON `order_moves` (`order_id`,`moved_at`);--> statement-breakpoint
CREATE INDEX `orders_buyer` ON `orders` (`buyer_id`,`placed_at`,`id`);--> statement-breakpoint
CREATE INDEX `orders_due` ON `orders` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `sub_orders_order` ON `sub_orders` (`order_id`);--> statement-breakpoint
CREATE INDEX `sub_orders_shop` ON `sub_orders` (`shop_id`,`placed_at`,`id`);--> statement-breakpoint
CREATE INDEX `sub_orders_shop_state` ON `sub_orders` (`shop_id`,`state`,`placed_at`,`id`);--> statement-breakpoint
CREATE INDEX `sub_orders_buyer_state` ON `sub_orders` (`buyer_id`,`state`,`order_id`);--> statement-breakpoint
CREATE INDEX `sub_orders_receive` ON `sub_orders` (`state`,`receive_by_at`);--> statement-breakpoint
CREATE INDEX `payment_parts_payment` ON `payment_parts` (`payment_id`);--> statement-breakpoint
CREATE INDEX `payments_check` ON `payments` (`state`,`check_at`);--> statement-breakpoint
CREATE INDEX `refunds_order` ON `refunds` (`order_id`);--> statement-breakpoint
CREATE INDEX `refunds_check` ON `refunds` (`state`,`check_at`);--> statement-breakpoint
CREATE INDEX `chats_recent` ON `chats` (`session_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `chats_mine` ON `chats` (`user_id`,`session_id`,`id`);--> statement-breakpoint
CREATE INDEX `room_tickets_end` ON `room_tickets` (`ends_at`);--> statement-breakpoint
CREATE INDEX `room_tickets_redeemed` ON `room_tickets` (`redeemed_by`);--> statement-breakpoint
CREATE INDEX `talkers_spoke` ON `talkers` (`spoke_at`);--> statement-breakpoint
CREATE INDEX `ledger_shop` ON `ledger_entries` (`shop_id`,`booked_at`,`id`);--> statement-breakpoint
CREATE INDEX `ledger_sums` ON `ledger_entries` (`shop_id`,`account`,`delta_fen`);--> statement-breakpoint
CREATE INDEX `ledger_sub` ON `ledger_entries` (`sub_order_id`);--> statement-breakpoint
CREATE INDEX `waybills_no` ON `waybills` (`courier`,`tracking_no`);--> statement-breakpoint
CREATE INDEX `licences_tenant` ON `licences` (`tenant_id`);--> statement-breakpoint
CREATE INDEX `shop_members_user` ON `shop_members` (`user_id`);--> statement-breakpoint
CREATE INDEX `shops_opened` ON `shops` (`state`,`opened_at`);